#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace yimen::web {

// Carries news to live pages of this process. publish may be called from any thread and never waits; a client too slow to
// keep up is dropped (it reconnects and reloads). Payloads hold no personal data: a page reads what changed by an ordinary request.
class EventHub {
  public:
    EventHub();
    ~EventHub();
    void publish(std::string_view topic, std::string_view event, std::string_view data);

    struct Inside;
    Inside& inside() { return *inside_; }

  private:
    std::unique_ptr<Inside> inside_;
};

}  // namespace yimen::web
