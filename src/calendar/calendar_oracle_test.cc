#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "calendar/calendar.h"

// Every day of our calendar beside that of npm's chinese-days, which was collected independently.
namespace yimen::calendar {
namespace {

namespace fs = std::filesystem;

fs::path repository() {
    for (auto at = fs::read_symlink("/proc/self/exe").parent_path(); at != at.root_path(); at = at.parent_path())
        if (fs::exists(at / "package-lock.json")) return at;
    throw std::runtime_error("The test program is not inside the repository");
}

TEST(Calendar, AgreesWithChineseDaysOnEveryDay) {
    const fs::path folder = fs::path(testing::TempDir()) / fmt::format("yimen-calendar-{}", getpid());
    fs::create_directories(folder);
    const WorkingDays days = WorkingDays::embedded();
    for (int year : {2024, 2025, 2026}) std::ofstream(folder / fmt::format("{}.txt", year)) << dump(days, year);
    const std::string command = fmt::format("YIMEN_CALENDAR_DUMP='{}' node --test '{}'", folder.string(),
                                            (repository() / "tests/rules/calendar_oracle.test.mjs").string());
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    fs::remove_all(folder);
}

}  // namespace
}  // namespace yimen::calendar
