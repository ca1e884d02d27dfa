#include "http/response_head.hpp"

#include <algorithm>
#include <array>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <zlib.h>

namespace optimat {
namespace {

constexpr std::size_t least_worth_compressing = 1024;

bool is_safe(const Parameter& field) {
    const auto breaks_out = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    const auto no_name = [&](char c) { return breaks_out(c) || c == ':' || c == ' '; };
    return !field.name.empty() && std::ranges::none_of(field.name, no_name) &&
           std::ranges::none_of(field.value, breaks_out);
}

bool is_safe(const Response& response) {
    return is_safe(Parameter{"Content-Type", response.content_type}) &&
           std::ranges::all_of(response.headers, [](const Parameter& field) { return is_safe(field); });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

// `;q=0`, `; q=0.00` and the like: a weight without any digit other than 0.
bool is_refused_by_weight(std::string_view parameters) {
    const std::size_t at = parameters.find("q=");
    return at != std::string_view::npos &&
           parameters.substr(at + 2).find_first_of("123456789") == std::string_view::npos;
}

bool is_text(std::string_view content_type) {
    const std::string_view type = trimmed(content_type.substr(0, content_type.find(';')));
    constexpr std::array<std::string_view, 8> texts = {"text/html",
                                                       "text/css",
                                                       "text/csv",
                                                       "text/plain",
                                                       "text/javascript",
                                                       "application/json",
                                                       "application/javascript",
                                                       "image/svg+xml"};
    return std::ranges::find(texts, type) != texts.end();
}

std::optional<std::string> gzip(std::string_view bytes) {
    z_stream stream{};
    constexpr int window_of_gzip = 15 + 16;
    if (deflateInit2(&stream, 1, Z_DEFLATED, window_of_gzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return std::nullopt;
    std::string packed(deflateBound(&stream, bytes.size()), '\0');
    // zlib reads through next_in and does not write there.
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int result = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) return std::nullopt;
    return packed;
}

}  // namespace

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string response_head(Response& response, Connection connection, std::time_t now) {
    if (!is_safe(response)) response = plain_page(500);
    fmt::memory_buffer head;
    const auto out = std::back_inserter(head);
    fmt::format_to(out, "HTTP/1.1 {} {}\r\nDate: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", response.status,
                   reason_of(response.status), fmt::gmtime(now));
    if (has_body(response.status))
        fmt::format_to(out, "Content-Type: {}\r\nContent-Length: {}\r\n", response.content_type,
                       response.bytes().size());
    for (const Parameter& field : response.headers)
        fmt::format_to(out, "{}: {}\r\n", field.name, field.value);
    fmt::format_to(out, "Connection: {}\r\n\r\n", connection == Connection::close ? "close" : "keep-alive");
    return fmt::to_string(head);
}

bool accepts_gzip(const Request& request) {
    std::string_view rest = request.header("accept-encoding").value_or("");
    std::optional<bool> named, any;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        const std::string_view item = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t mark = std::min(item.find(';'), item.size());
        const std::string_view coding = trimmed(item.substr(0, mark));
        const bool taken = !is_refused_by_weight(item.substr(mark));
        if (same_name(coding, "gzip")) named = taken;
        if (coding == "*") any = taken;
    }
    return named.value_or(any.value_or(false));
}

void compress(const Request& request, Response& response) {
    const auto is_encoded = [](const Parameter& field) { return same_name(field.name, "content-encoding"); };
    const std::size_t size = response.bytes().size();
    if (!response.compressible || size <= least_worth_compressing || size > std::uint32_t{1} << 30) return;
    if (!has_body(response.status) || !is_text(response.content_type)) return;
    if (std::ranges::any_of(response.headers, is_encoded)) return;
    response.headers.push_back({"Vary", "Accept-Encoding"});
    if (!accepts_gzip(request)) return;
    std::optional<std::string> packed = gzip(response.bytes());
    if (!packed) return;
    response.body = std::move(*packed);
    response.shared_body = nullptr;
    response.headers.push_back({"Content-Encoding", "gzip"});
}

}  // namespace optimat
