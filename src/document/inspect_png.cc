#include <png.h>

#include <stdexcept>

#include "document/inspect.h"

namespace yimen::document {
namespace {

// libpng leaves by these; an exception may pass its frames, since it keeps nothing on them.
struct BadPng {};
[[noreturn]] void give_up(png_structp, png_const_charp) { throw BadPng{}; }
void pass_over(png_structp, png_const_charp) {}

struct Reading {
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, give_up, pass_over);
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    Reading() {
        if (!info) throw std::bad_alloc();
    }
    Reading(const Reading&) = delete;
    ~Reading() { png_destroy_read_struct(&png, &info, nullptr); }
};

// Every row of every pass, thrown away: libpng checks each chunk's sum and that the data is neither short nor damaged.
void read_rows(const Reading& reading) {
    const int passes = png_set_interlace_handling(reading.png);
    png_read_update_info(reading.png, reading.info);
    std::vector<png_byte> row(png_get_rowbytes(reading.png, reading.info));
    const auto height = png_get_image_height(reading.png, reading.info);
    for (int pass = 0; pass < passes; ++pass)
        for (png_uint_32 y = 0; y < height; ++y) png_read_row(reading.png, row.data(), nullptr);
    png_read_end(reading.png, nullptr);
}

}  // namespace

std::optional<FileRefusal> inspect_png(std::FILE* file) {
    const Reading reading;
    try {
        png_init_io(reading.png, file);
        png_set_user_limits(reading.png, most_pixels, most_pixels);
        png_set_chunk_malloc_max(reading.png, 4 << 20);
        png_set_chunk_cache_max(reading.png, 64);
        png_set_crc_action(reading.png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
        png_read_info(reading.png, reading.info);
        const uint64_t width = png_get_image_width(reading.png, reading.info);
        if (width * png_get_image_height(reading.png, reading.info) > most_pixels) return FileRefusal::too_large;
        read_rows(reading);
    } catch (const BadPng&) {
        return FileRefusal::damaged;
    }
    // Nothing may hide behind the end.
    if (std::fgetc(file) != EOF) return FileRefusal::damaged;
    return {};
}

}  // namespace yimen::document
