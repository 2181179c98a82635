#include "app/commands.h"

namespace yimen::app {

int serve(Config&) { throw std::runtime_error("the server is not in this build"); }

}  // namespace yimen::app
