#include "http/multipart.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace optimat {
namespace {

[[noreturn]] void refuse() { throw UsageError("The form that came with the request is malformed"); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

// Takes the value at the front of the text: quoted, with \" and \\ undone, or plain up to the next semicolon.
std::string take_value(std::string_view& text) {
    std::string value;
    if (!text.starts_with('"')) {
        const std::size_t end = std::min(text.find(';'), text.size());
        value = trimmed(text.substr(0, end));
        text.remove_prefix(end);
        return value;
    }
    text.remove_prefix(1);
    while (!text.empty() && text.front() != '"') {
        // A backslash before anything else is a plain one: browsers send it as it stands in a file's name.
        if (text.front() == '\\' && text.size() > 1 && (text[1] == '"' || text[1] == '\\'))
            text.remove_prefix(1);
        value += text.front();
        text.remove_prefix(1);
    }
    if (text.empty()) refuse();
    text.remove_prefix(1);
    return value;
}

// The parameter of that name in `type; name=value; other="value"`. Twice the same is malformed.
std::optional<std::string> parameter(std::string_view text, std::string_view name) {
    std::optional<std::string> found;
    text.remove_prefix(std::min(text.find(';'), text.size()));
    while (!text.empty()) {
        text = trimmed(text);
        if (text.empty()) break;
        if (text.front() != ';') refuse();
        text = trimmed(text.substr(1));
        if (text.empty()) break;
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos) refuse();
        const std::string_view key = trimmed(text.substr(0, equals));
        text = trimmed(text.substr(equals + 1));
        std::string value = take_value(text);
        if (!same_name(key, name)) continue;
        if (found) refuse();
        found = std::move(value);
    }
    return found;
}

bool is_type(std::string_view text, std::string_view type) {
    return same_name(trimmed(text.substr(0, text.find(';'))), type);
}

bool holds_control(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string base_name(const std::string& path) {
    std::string name = path.substr(path.find_last_of("/\\") + 1);
    if (name == "." || name == "..") refuse();
    return name;
}

Part part_of(std::string_view header) {
    std::optional<std::string_view> disposition;
    while (!header.empty()) {
        const std::size_t end = std::min(header.find("\r\n"), header.size());
        const std::string_view line = header.substr(0, end);
        header.remove_prefix(std::min(end + 2, header.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || holds_control(line)) refuse();
        if (!same_name(line.substr(0, colon), "content-disposition")) continue;
        if (disposition) refuse();
        disposition = trimmed(line.substr(colon + 1));
    }
    if (!disposition || !is_type(*disposition, "form-data")) refuse();
    const auto name = parameter(*disposition, "name");
    if (!name) refuse();
    Part part{*name, parameter(*disposition, "filename")};
    if (part.filename) part.filename = base_name(*part.filename);
    return part;
}

}  // namespace

MultipartParser::MultipartParser(std::string_view content_type, PartReceiver& receiver,
                                 MultipartLimits limits)
    : m_receiver(receiver), m_limits(limits) {
    if (!is_type(content_type, "multipart/form-data"))
        throw UsageError("The request has no form with files (multipart/form-data)");
    const auto boundary = parameter(content_type, "boundary");
    constexpr std::size_t longest_boundary = 70;
    if (!boundary || boundary->empty() || boundary->size() > longest_boundary || holds_control(*boundary))
        refuse();
    m_boundary = "\r\n--" + *boundary;
    // The first boundary has no line break before it: with one, it is a boundary like the others.
    m_pending = "\r\n";
}

void MultipartParser::take(std::string_view piece) {
    m_pending.erase(0, m_start);
    m_start = 0;
    m_pending += piece;
    while (step()) {
    }
}

void MultipartParser::finish() {
    if (m_state != State::done) refuse();
}

// Whether the next step may get further with what is here.
bool MultipartParser::step() {
    switch (m_state) {
    case State::after_boundary:
        return step_after_boundary();
    case State::header:
        return step_header();
    case State::content:
        return step_content();
    case State::done:
        m_start = m_pending.size();
        return false;  // what stands behind a form does not count
    }
    return false;
}

bool MultipartParser::step_after_boundary() {
    const std::string_view next = pending();
    if (next.size() < 2) return false;
    if (next.starts_with("--"))
        m_state = State::done;
    else if (next.starts_with("\r\n"))
        m_state = State::header;
    else
        refuse();
    drop(2);
    return true;
}

bool MultipartParser::step_header() {
    const std::string_view next = pending();
    const std::size_t end = next.find("\r\n\r\n");
    if (std::min(end, next.size()) > m_limits.header_limit)
        throw UsageError("The form that came with the request has a part whose header is too long");
    if (end == std::string_view::npos) return false;
    if (++m_parts > m_limits.most_parts)
        throw UsageError("The form that came with the request has too many parts");
    const Part part = part_of(next.substr(0, end));
    drop(end + 4);
    m_state = State::content;
    m_is_in_part = true;
    m_receiver.begin(part);
    return true;
}

bool MultipartParser::step_content() {
    const std::string_view next = pending();
    const std::size_t end = next.find(m_boundary);
    const bool is_found = end != std::string_view::npos;
    // A boundary may have begun in the last bytes.
    const std::size_t unseen = std::min(next.size(), m_boundary.size() - 1);
    const std::string_view content = next.substr(0, is_found ? end : next.size() - unseen);
    if (!m_is_in_part && !content.empty()) refuse();
    drop(content.size());
    if (!content.empty()) m_receiver.take(content);
    if (!is_found) return false;
    drop(m_boundary.size());
    m_state = State::after_boundary;
    if (m_is_in_part) m_receiver.end();
    m_is_in_part = false;
    return true;
}

}  // namespace optimat
