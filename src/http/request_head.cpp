#include "http/request_head.hpp"

#include <algorithm>

namespace optimat {
namespace {

std::optional<Method> method_of(std::string_view text) {
    for (const Method method : {Method::get, Method::head, Method::post})
        if (text == text_of(method)) return method;
    return std::nullopt;
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool holds_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return is_control(c) && c != '\t'; });
}

std::optional<int> hex_byte(std::string_view two) {
    int value = 0;
    for (const char c : two) {
        const std::size_t digit =
            std::string_view("0123456789abcdef").find(lower_case(std::string_view(&c, 1)));
        if (digit == std::string_view::npos) return std::nullopt;
        value = value * 16 + static_cast<int>(digit);
    }
    return value;
}

// Two programs that disagree on where a body ends see two different requests: whatever could be read in two
// ways is refused.
int refusal_for_framing(const RawHead& head) {
    const auto count = [&](std::string_view name) {
        return std::ranges::count(head.headers, name, &Parameter::name);
    };
    const auto lengths = count("content-length"), codings = count("transfer-encoding");
    if (lengths > 1 || codings > 1 || (lengths > 0 && codings > 0)) return 400;
    if (lengths == 1) {
        const std::string_view length = *find_parameter(head.headers, "content-length");
        const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
        if (length.empty() || length.size() > 18 || !std::ranges::all_of(length, is_digit)) return 400;
    }
    if (codings == 1) {
        if (head.version < 11) return 400;
        if (lower_case(*find_parameter(head.headers, "transfer-encoding")) != "chunked") return 501;
    }
    const auto hosts = count("host");
    if (hosts > 1 || (hosts == 0 && head.version >= 11)) return 400;
    return 0;
}

int refusal_for_head(const RawHead& head) {
    if (head.version != 10 && head.version != 11) return 505;
    for (const Parameter& field : head.headers)
        if (holds_control(field.value) || holds_control(field.name)) return 400;
    if (const int status = refusal_for_framing(head)) return status;
    const auto expect = find_parameter(head.headers, "expect");
    if (expect && lower_case(*expect) != "100-continue") return 417;
    if (!method_of(head.method)) return 405;
    return 0;
}

std::string_view last_of_list(std::string_view list) {
    std::string_view last = list.substr(list.rfind(',') + 1);
    while (!last.empty() && last.front() == ' ')
        last.remove_prefix(1);
    while (!last.empty() && last.back() == ' ')
        last.remove_suffix(1);
    return last;
}

}  // namespace

std::optional<std::string> decode_path(std::string_view path) {
    std::string plain;
    plain.reserve(path.size());
    for (std::size_t i = 0; i < path.size(); ++i) {
        char c = path[i];
        if (c == '%') {
            if (i + 2 >= path.size()) return std::nullopt;
            const std::optional<int> byte = hex_byte(path.substr(i + 1, 2));
            if (!byte) return std::nullopt;
            c = static_cast<char>(*byte);
            i += 2;
        }
        if (is_control(c)) return std::nullopt;
        plain += c;
    }
    return plain;
}

std::variant<Request, int> read_head(RawHead head) {
    if (const int status = refusal_for_head(head)) return status;
    const std::string_view target = head.target;
    if (target.empty() || target.front() != '/' || target.find('#') != std::string_view::npos) return 400;
    const std::size_t mark = std::min(target.find('?'), target.size());
    std::optional<std::string> path = decode_path(target.substr(0, mark));
    if (!path) return 400;

    Request request;
    request.method = *method_of(head.method);
    request.path = std::move(*path);
    request.query = parse_parameters(target.substr(std::min(mark + 1, target.size())));
    request.headers = std::move(head.headers);
    return request;
}

void believe_proxy(Request& request) {
    // A proxy adds its word behind what came before: of several fields the last counts, and of its list the
    // last.
    for (const Parameter& field : request.headers) {
        if (field.name == "x-forwarded-for" && !last_of_list(field.value).empty())
            request.peer = last_of_list(field.value);
        if (field.name == "x-forwarded-proto")
            request.secure = lower_case(last_of_list(field.value)) == "https";
    }
}

}  // namespace optimat
