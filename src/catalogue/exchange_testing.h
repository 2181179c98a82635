#pragma once
#include <unistd.h>
#include <zip.h>

#include <fstream>

#include "catalogue/exchange_xlsx.h"

namespace yimen::catalogue {

// A workbook from its parts, as a program nobody trusts would make it.
inline std::string zipped(const std::vector<std::pair<std::string, std::string>>& parts) {
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(source);
    auto* archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    for (auto& [name, bytes] : parts)
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), ZIP_FL_ENC_UTF_8);
    zip_close(archive);
    zip_source_open(source);
    zip_source_seek(source, 0, SEEK_END);
    std::string made(static_cast<size_t>(zip_source_tell(source)), '\0');
    zip_source_seek(source, 0, SEEK_SET);
    zip_source_read(source, made.data(), made.size());
    zip_source_close(source);
    zip_source_free(source);
    zip_error_fini(&error);
    return made;
}

// With one sheet, of the basic table, and whatever other parts.
inline std::string workbook(const std::string& sheet_data, std::vector<std::pair<std::string, std::string>> others = {}) {
    others.emplace_back(
        "xl/workbook.xml",
        R"(<workbook xmlns:r="r"><sheets><sheet name="up_task_general_basic" sheetId="1" r:id="rId1"/></sheets></workbook>)");
    others.emplace_back("xl/_rels/workbook.xml.rels",
                        R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>)");
    others.emplace_back("xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + sheet_data + "</sheetData></worksheet>");
    return zipped(others);
}

}  // namespace yimen::catalogue
