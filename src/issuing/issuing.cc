#include "issuing/issuing.h"

namespace yimen::issuing {

Result<cases::Case, cases::Refusal> take_by_download(cases::Desk& desk, const cases::Case& file) {
    using enum cases::State;
    if (!identity::permits(desk.who, identity::Act::download_result, cases::subject_now(desk.tx, file), desk.today()))
        return refuse(cases::Refusal::not_found);
    if (file.state == delivered || file.state == closed) return file;
    if (file.state == granted || file.state == refused) {
        auto made = cases::make_result(desk, file.id);
        if (!made) return refuse(made.error());
    }
    return cases::deliver(desk, file.id, "download");
}

}  // namespace yimen::issuing
