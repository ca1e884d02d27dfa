#pragma once
// HTML and SVG as typed values. Text becomes Html by being escaped, an element by being written here, and by
// no other way (but Html::trusted, for markup of our own), so nothing a file or a user supplies can become
// markup.
//
//     tag::p({{"class", "nhsuk-hint"}, {"id", id}}, "Data to ", tag::time({{"datetime", iso}}, words))
//
// An element is `tag::NAME({attributes}, child …)`. `{}` means none. A child is Html, text, an optional or a
// vector of these (an absent one writes nothing), or a function that takes `Html&` and appends to it, which
// saves copies in long tables. Numbers are not children: format them first, for their rounding is a decision.
// `tag::NAME.into(out, {attributes}, child …)` appends to `out` instead of making a value.

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace optimat {

/// HTML text that is safe to send. Text given to it is escaped; equal when the markup is equal, byte by byte.
class Html {
  public:
    Html() = default;
    Html(std::string_view text) { append_escaped(m_markup, text); }
    Html(const std::string& text) : Html(std::string_view(text)) {}
    Html(const char* text) : Html(std::string_view(text)) {}
    Html(std::nullptr_t) = delete;

    /// Markup that we wrote ourselves; never with anything in it that a file or a user supplied.
    static Html trusted(std::string markup) {
        Html html;
        html.m_markup = std::move(markup);
        return html;
    }

    Html& operator+=(const Html& more) {
        m_markup += more.m_markup;
        return *this;
    }
    Html& operator+=(std::string_view more) {
        append_escaped(m_markup, more);
        return *this;
    }
    Html& operator+=(const std::string& more) { return *this += std::string_view(more); }
    Html& operator+=(const char* more) { return *this += std::string_view(more); }

    /// The markup.
    const std::string& text() const& { return m_markup; }
    std::string text() && { return std::move(m_markup); }
    bool empty() const { return m_markup.empty(); }
    void reserve(std::size_t bytes) { m_markup.reserve(bytes); }

    friend bool operator==(const Html&, const Html&) = default;

  private:
    friend struct ElementWriter;
    static void append_escaped(std::string& out, std::string_view text);

    std::string m_markup;
};

/// Whether a URL may stand in a page: relative, http, https or mailto, without control characters.
bool is_safe_url(std::string_view url);

/// The name of an attribute. A constant is checked while compiling: letters, digits, `-`, `:`, no event
/// handler and no style, because the Content-Security-Policy lets neither run.
class AttributeName {
  public:
    consteval AttributeName(const char* name) : AttributeName(std::string_view(name), Checked{}) {
        if (!is_allowed(name)) throw "this is no attribute that our pages may carry";
    }
    /// A name that is known only at run time; one that is not allowed is a bug.
    static AttributeName of(std::string_view name);

    static constexpr bool is_allowed(std::string_view name) {
        if (name.empty() || name == "style" || name.starts_with("on")) return false;
        for (const char c : name) {
            const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != ':' && c != '_' && c != '.')
                return false;
        }
        return true;
    }

    constexpr std::string_view text() const { return m_name; }
    /// Whether its value is a URL, which must be is_safe_url().
    constexpr bool holds_url() const { return m_holds_url; }

  private:
    struct Checked {};
    constexpr AttributeName(std::string_view name, Checked)
        : m_name(name),
          m_holds_url(name == "href" || name == "src" || name == "action" || name == "formaction" ||
                      name == "xlink:href") {}

    std::string_view m_name;
    bool m_holds_url;
};

/// One attribute as written in a call: it views its text and must not outlive the statement it stands in.
/// A value may be text, a whole number, a number with a fraction (written with at most 2 decimals, for SVG),
/// `true` (a boolean attribute), `false` or std::nullopt (the attribute is left out), or an optional of text.
class Attribute {
  public:
    Attribute(AttributeName name, std::string_view value) : m_name(name), m_kind(Kind::text), m_text(value) {}
    Attribute(AttributeName name, const std::string& value) : Attribute(name, std::string_view(value)) {}
    Attribute(AttributeName name, const char* value) : Attribute(name, std::string_view(value)) {}
    Attribute(AttributeName name, std::nullptr_t) = delete;
    Attribute(AttributeName name, std::nullopt_t) : m_name(name) {}
    template <std::same_as<bool> T>
    Attribute(AttributeName name, T value) : m_name(name), m_kind(value ? Kind::present : Kind::absent) {}
    template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>) Attribute(AttributeName name, T value)
        : m_name(name), m_kind(Kind::integer), m_integer(static_cast<std::int64_t>(value)) {}
    Attribute(AttributeName name, double value) : m_name(name), m_kind(Kind::fraction), m_fraction(value) {}
    template <std::convertible_to<std::string_view> T>
    Attribute(AttributeName name, const std::optional<T>& value) : m_name(name) {
        if (value) m_kind = Kind::text, m_text = *value;
    }

  private:
    friend struct ElementWriter;
    enum class Kind : std::uint8_t { absent, present, text, integer, fraction };
    AttributeName m_name;
    Kind m_kind = Kind::absent;
    std::string_view m_text;
    std::int64_t m_integer = 0;
    double m_fraction = 0;
};

/// The attributes of one element, in the order in which they are written.
class Attributes {
  public:
    Attributes() = default;
    Attributes(std::initializer_list<Attribute> list) : m_list(list.begin(), list.size()) {}
    Attributes(const std::vector<Attribute>& list) : m_list(list) {}
    auto begin() const { return m_list.begin(); }
    auto end() const { return m_list.end(); }

  private:
    std::span<const Attribute> m_list;
};

/// How elements are put into text; use the functions of namespace tag.
struct ElementWriter {
    /// `<name`, then the attributes and `>`.
    static void append(Html& out, std::string_view start, Attributes attributes);
    static void append(Html& out, std::string_view markup) { out.m_markup += markup; }
    /// The same for a name that is known only at run time and is one of ours.
    static void open(Html& out, std::string_view name, Attributes attributes);
    static void close(Html& out, std::string_view name);
};

template <typename T>
concept TextChild = std::convertible_to<const T&, std::string_view>;
template <typename T>
concept FunctionChild = std::invocable<const T&, Html&>;

/// Appends one child; an absent or empty one appends nothing.
inline void append_child(Html& out, const Html& child) { out += child; }
template <TextChild T> void append_child(Html& out, const T& child) { out += std::string_view(child); }
template <FunctionChild T> void append_child(Html& out, const T& child) { child(out); }
template <typename T> void append_child(Html& out, const std::optional<T>& child) {
    if (child) append_child(out, *child);
}
template <typename T> void append_child(Html& out, const std::vector<T>& children) {
    for (const T& child : children)
        append_child(out, child);
}
inline void append_child(Html& out, std::nullopt_t) { static_cast<void>(out); }

template <typename T>
concept Child = requires(Html& out, const T& child) {
    append_child(out, child);
};

/// Several children one after the other, without an element around them.
template <Child... C> Html html_of(const C&... children) {
    Html out;
    (append_child(out, children), ...);
    return out;
}

/// A name that is checked while compiling: lower-case letters and digits, or camel case as in SVG.
template <std::size_t N> struct ElementName {
    consteval ElementName(const char (&name)[N]) {  // NOLINT: the text of a literal
        for (std::size_t i = 0; i < N; ++i) {
            if (i + 1 < N) start_text[i + 1] = end_text[i + 2] = name[i];
            const bool letter =
                (name[i] >= 'a' && name[i] <= 'z') || (i > 0 && name[i] >= 'A' && name[i] <= 'Z');
            const bool digit = i > 0 && name[i] >= '0' && name[i] <= '9';
            if (i + 1 < N && !letter && !digit) throw "this is no name of an element";
        }
        start_text[0] = end_text[0] = '<';
        end_text[1] = '/';
        end_text[N + 1] = '>';
    }
    /// `<name`, and `</name>`: whole, so that each is one append.
    constexpr std::string_view start() const { return {start_text.data(), N}; }
    constexpr std::string_view end() const { return {end_text.data(), N + 2}; }
    std::array<char, N> start_text{};
    std::array<char, N + 2> end_text{};
};

/// An element with an end tag.
template <ElementName Name> struct Element {
    template <Child... C> void into(Html& out, Attributes attributes, const C&... children) const {
        ElementWriter::append(out, Name.start(), attributes);
        (append_child(out, children), ...);
        ElementWriter::append(out, Name.end());
    }
    template <Child... C> Html operator()(Attributes attributes, const C&... children) const {
        Html out;
        into(out, attributes, children...);
        return out;
    }
};

/// An element that has neither content nor an end tag.
template <ElementName Name> struct VoidElement {
    void into(Html& out, Attributes attributes) const {
        ElementWriter::append(out, Name.start(), attributes);
    }
    Html operator()(Attributes attributes) const {
        Html out;
        into(out, attributes);
        return out;
    }
};

}  // namespace optimat

#include "html/tags.hpp"
