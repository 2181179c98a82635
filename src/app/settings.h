#pragma once
#include "base/config.h"
#include "db/database.h"
#include "web/server.h"

namespace yimen::app {

// Every setting there is, with its default and one sentence.
Config settings();
// The file named by the flag or YIMEN_CONFIG (none is fine), then the environment.
void read_settings(Config&, const std::string& file);

db::Options database_options(const Config&);
web::ServerOptions server_options(const Config&);
Division division(const Config&);

}  // namespace yimen::app
