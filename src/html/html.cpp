#include "html/html.hpp"

#include "base/check.hpp"

#include <charconv>
#include <cmath>

namespace optimat {
namespace {

constexpr std::string_view entity_of(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return {};
    }
}

constexpr auto needs_entity = [] {
    std::array<bool, 256> table{};
    for (const char c : {'&', '<', '>', '"', '\''})
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool equals_ignoring_case(std::string_view left, std::string_view lower_case) {
    if (left.size() != lower_case.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const char lower = is_letter(left[i]) ? static_cast<char>(left[i] | 0x20) : left[i];
        if (lower != lower_case[i]) return false;
    }
    return true;
}

template <typename T> void append_number(Html& out, T value) {
    std::array<char, 64> digits{};
    std::to_chars_result written{};
    if constexpr (std::floating_point<T>) {
        OPTIMAT_CHECK(std::isfinite(value) && std::abs(value) < 1e15, "an attribute is no finite number");
        // Adding 0 turns -0 into 0.
        const double rounded = std::round(value * 100) / 100 + 0.0;
        written =
            std::to_chars(digits.data(), digits.data() + digits.size(), rounded, std::chars_format::fixed);
    } else {
        written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    }
    out += std::string_view(digits.data(), written.ptr);
}

}  // namespace

void Html::append_escaped(std::string& out, std::string_view text) {
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!needs_entity[static_cast<unsigned char>(text[i])]) [[likely]]
            continue;
        out.append(text, copied, i - copied);
        out += entity_of(text[i]);
        copied = i + 1;
    }
    out.append(text, copied);
}

bool is_safe_url(std::string_view url) {
    for (const char c : url) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) return false;
    }
    // Browsers drop spaces around a URL, and with them what hides a scheme.
    if (!url.empty() && (url.front() == ' ' || url.back() == ' ')) return false;
    const auto end = url.find_first_of(":/?#");
    if (end == std::string_view::npos || url[end] != ':') return true;
    const std::string_view scheme = url.substr(0, end);
    return equals_ignoring_case(scheme, "https") || equals_ignoring_case(scheme, "http") ||
           equals_ignoring_case(scheme, "mailto");
}

AttributeName AttributeName::of(std::string_view name) {
    OPTIMAT_CHECK(is_allowed(name), "an attribute has a name that our pages may not carry");
    return AttributeName(name, Checked{});
}

void ElementWriter::open(Html& out, std::string_view name, Attributes attributes) {
    append(out, std::string("<").append(name), attributes);
}

void ElementWriter::append(Html& out, std::string_view start, Attributes attributes) {
    std::string& markup = out.m_markup;
    markup += start;
    for (const Attribute& attribute : attributes) {
        if (attribute.m_kind == Attribute::Kind::absent) continue;
        markup += ' ';
        markup += attribute.m_name.text();
        if (attribute.m_kind == Attribute::Kind::present) continue;
        markup += "=\"";
        if (attribute.m_kind == Attribute::Kind::text) {
            OPTIMAT_CHECK(!attribute.m_name.holds_url() || is_safe_url(attribute.m_text),
                          "a link leads to a URL that is neither relative nor http, https or mailto");
            out += attribute.m_text;
        } else if (attribute.m_kind == Attribute::Kind::integer) {
            append_number(out, attribute.m_integer);
        } else {
            append_number(out, attribute.m_fraction);
        }
        markup += '"';
    }
    markup += '>';
}

void ElementWriter::close(Html& out, std::string_view name) {
    std::string& markup = out.m_markup;
    markup += "</";
    markup += name;
    markup += '>';
}

}  // namespace optimat
