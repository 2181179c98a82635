#include <cairo.h>
#include <qrencode.h>

#include <stdexcept>

#include "document/document.h"
#include "document/drawing.h"

namespace yimen::document {
namespace {

using Input = std::unique_ptr<QRinput, Releases<QRinput_free>>;
using Encoded = std::unique_ptr<QRcode, Releases<QRcode_free>>;
constexpr int quiet_zone = 4;  // modules of white around a code (ISO/IEC 18004, 9.1)

// The dark modules of each row, joined to runs.
template <class Draw>
void for_each_run(const QrCode& code, Draw draw) {
    for (int y = 0; y < code.size; ++y)
        for (int x = 0; x < code.size; ++x) {
            const int begin = x;
            while (x < code.size && code.dark[y * code.size + x]) ++x;
            if (x > begin) draw(begin, y, x - begin);
        }
}

}  // namespace

QrCode qr_code(std::string_view content) {
    // The content is bytes. Where they are more than ASCII, readers must be told that they are UTF-8, or some take them
    // for Shift JIS: extended channel interpretation 26.
    const Input input(QRinput_new2(0, QR_ECLEVEL_M));
    const bool ascii = std::ranges::all_of(content, [](unsigned char c) { return c < 0x80; });
    const bool fits = (ascii || QRinput_appendECIheader(input.get(), 26) == 0) && !content.empty() &&
                      QRinput_append(input.get(), QR_MODE_8, static_cast<int>(content.size()),
                                     reinterpret_cast<const unsigned char*>(content.data())) == 0;
    const Encoded encoded(fits ? QRcode_encodeInput(input.get()) : nullptr);
    if (!encoded) throw std::invalid_argument("A QR code holds 1 to 2331 bytes");
    QrCode code{encoded->width, {}};
    const auto modules = static_cast<size_t>(code.size) * static_cast<size_t>(code.size);
    code.dark.reserve(modules);
    for (size_t i = 0; i < modules; ++i) code.dark.push_back(encoded->data[i] & 1);
    return code;
}

std::string qr_svg(std::string_view content) {
    const auto code = qr_code(content);
    const int whole = code.size + 2 * quiet_zone;
    std::string path;
    for_each_run(code, [&](int x, int y, int length) {
        fmt::format_to(std::back_inserter(path), "M{} {}h{}v1h-{}z", x + quiet_zone, y + quiet_zone, length, length);
    });
    return fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {0} {0}" shape-rendering="crispEdges" focusable="false" aria-hidden="true"><path fill="#fff" d="M0 0h{0}v{0}h-{0}z"/><path fill="#000" d="{1}"/></svg>)",
        whole, path);
}

std::string qr_png(std::string_view content, int scale) {
    const auto code = qr_code(content);
    const int pixels = (code.size + 2 * quiet_zone) * scale;
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels, pixels));
    const Canvas canvas(cairo_create(surface.get()));
    cairo_set_source_rgb(canvas.get(), 1, 1, 1);
    cairo_paint(canvas.get());
    draw_qr(canvas.get(), code, quiet_zone * scale, quiet_zone * scale, code.size * scale);
    check(canvas.get());
    std::string png;
    if (const auto status = cairo_surface_write_to_png_stream(surface.get(), append_to_string, &png); status != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error(fmt::format("Writing a PNG failed: {}", cairo_status_to_string(status)));
    return png;
}

void draw_qr(cairo_t* canvas, const QrCode& code, double x, double y, double side) {
    const double module = side / code.size;
    for_each_run(code, [&](int column, int row, int length) {
        cairo_rectangle(canvas, x + column * module, y + row * module, length * module, module);
    });
    cairo_set_source_rgb(canvas, 0, 0, 0);
    cairo_fill(canvas);
}

}  // namespace yimen::document
