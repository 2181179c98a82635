#include <jpeglib.h>

#include <stdexcept>

#include "document/inspect.h"

namespace yimen::document {
namespace {

struct BadJpeg {};
[[noreturn]] void give_up(j_common_ptr) { throw BadJpeg{}; }
void pass_over(j_common_ptr, int) {}
void say_nothing(j_common_ptr) {}

struct Reading {
    jpeg_error_mgr errors{};
    jpeg_decompress_struct jpeg{};
    Reading() {
        jpeg.err = jpeg_std_error(&errors);
        errors.error_exit = give_up;
        errors.emit_message = pass_over;
        errors.output_message = say_nothing;
        jpeg_create_decompress(&jpeg);
    }
    Reading(const Reading&) = delete;
    ~Reading() { jpeg_destroy_decompress(&jpeg); }
};

constexpr int start_of_scan = 0xDA, end_of_image = 0xD9, restart_0 = 0xD0, restart_7 = 0xD7, temporary = 0x01;
// A progressive picture has about ten; thousands are made only to keep a reader busy.
constexpr int most_scans = 200;

// Skips entropy-coded data up to the next marker, and says which; in such data FF is followed by 00 or a restart
// marker.
int after_entropy_coded(std::FILE* file) {
    for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) {
        if (c != 0xFF) continue;
        while (c == 0xFF) c = std::fgetc(file);
        if (c != 0 && (c < restart_0 || c > restart_7)) return c;
    }
    return EOF;
}

// The marker that begins here, past fill bytes (ITU T.81, B.1.1.2).
int marker(std::FILE* file) {
    if (std::fgetc(file) != 0xFF) return EOF;
    int c = 0xFF;
    while (c == 0xFF) c = std::fgetc(file);
    return c;
}

bool skip_segment(std::FILE* file) {
    const int high = std::fgetc(file), low = std::fgetc(file);
    if (high == EOF || low == EOF) return false;
    const int length = high << 8 | low;
    return length >= 2 && std::fseek(file, length - 2, SEEK_CUR) == 0;
}

// From the first segment to the end of the image. Phones put further pictures behind it; those are left alone.
bool complete(std::FILE* file) {
    std::fseek(file, 2, SEEK_SET);
    int scans = 0;
    for (int m = marker(file); m != EOF;) {
        if (m == end_of_image) return scans > 0;
        if (m == 0 || m == temporary || (m >= restart_0 && m <= 0xD8)) return false;
        if (!skip_segment(file)) return false;
        if (m != start_of_scan) {
            m = marker(file);
        } else {
            if (++scans > most_scans) return false;
            m = after_entropy_coded(file);
        }
    }
    return false;
}

}  // namespace

std::optional<FileRefusal> inspect_jpeg(std::FILE* file) {
    Reading reading;
    try {
        jpeg_stdio_src(&reading.jpeg, file);
        jpeg_read_header(&reading.jpeg, TRUE);
    } catch (const BadJpeg&) {
        return FileRefusal::damaged;
    }
    if (uint64_t{reading.jpeg.image_width} * reading.jpeg.image_height > most_pixels) return FileRefusal::too_large;
    return complete(file) ? std::optional<FileRefusal>() : FileRefusal::damaged;
}

}  // namespace yimen::document
