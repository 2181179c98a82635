#pragma once
#include <string_view>

#include <boost/json/object.hpp>

namespace yimen::log {

// One JSON object a line on standard error: {"at", "level", "event", …fields}. Never put personal data in a field:
// names, identity numbers, phone numbers, addresses, answers, query strings. Ids are fine.
enum class Level { debug, info, warning, error };
void set_level(Level);
void write(Level, std::string_view event, boost::json::object fields = {});
// As write, for threads that must not wait: a thread of the log's own writes the line within a tenth of a second. Where standard error
// takes no more, lines are left out, and the log says how many ("log_lines_lost") as soon as it can.
void soon(Level, std::string_view event, boost::json::object fields = {});
// Waits until everything said soon is written.
void flush();

inline void info(std::string_view event, boost::json::object fields = {}) { write(Level::info, event, std::move(fields)); }
inline void warning(std::string_view event, boost::json::object fields = {}) { write(Level::warning, event, std::move(fields)); }
inline void error(std::string_view event, boost::json::object fields = {}) { write(Level::error, event, std::move(fields)); }

}  // namespace yimen::log
