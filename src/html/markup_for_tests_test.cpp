#include "html/markup_for_tests.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <optional>

namespace optimat {
namespace {

constexpr std::string_view white = " \t\n\r";

std::string decoded(std::string_view text) {
    const std::array<std::pair<std::string_view, std::string_view>, 6> entities = {{{"&lt;", "<"},
                                                                                    {"&gt;", ">"},
                                                                                    {"&quot;", "\""},
                                                                                    {"&#39;", "'"},
                                                                                    {"&ctdot;", "\u22ef"},
                                                                                    {"&amp;", "&"}}};
    std::string out;
    while (!text.empty()) {
        std::string_view from = text.substr(0, 1);
        std::string_view to = from;
        for (const auto& [entity, character] : entities)
            if (text.starts_with(entity)) from = entity, to = character;
        out += to;
        text.remove_prefix(from.size());
    }
    return out;
}

std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool space = white.find(c) != std::string_view::npos;
        if (!space)
            out += c;
        else if (out.empty() || out.back() != ' ')
            out += ' ';
    }
    return out;
}

/// Text between two tags, without the indentation of the source.
std::string text_between(std::string_view text) {
    const std::string_view before = text.substr(0, text.find_first_not_of(white));
    if (before.find('\n') != std::string_view::npos) text.remove_prefix(before.size());
    if (const auto last = text.find_last_not_of(white); last != std::string_view::npos) {
        if (text.substr(last + 1).find('\n') != std::string_view::npos) text = text.substr(0, last + 1);
    }
    return decoded(squeezed(text));
}

std::string_view take_until(std::string_view& rest, std::string_view ends) {
    const auto end = std::min(rest.find_first_of(ends), rest.size());
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(end);
    return taken;
}

std::string_view take_value(std::string_view& rest) {
    rest.remove_prefix(1);
    const char quote = rest.front();
    rest.remove_prefix(1);
    const std::string_view value = take_until(rest, std::string_view(&quote, 1));
    rest.remove_prefix(1);
    return value;
}

std::string tag_line(std::string_view inside) {
    const bool closes_itself = inside.ends_with('/');
    if (closes_itself) inside.remove_suffix(1);
    const std::string name(take_until(inside, white));
    std::map<std::string, std::string> attributes;
    while (true) {
        inside.remove_prefix(std::min(inside.find_first_not_of(white), inside.size()));
        if (inside.empty()) break;
        const std::string attribute(take_until(inside, " \t\n\r="));
        attributes[attribute] = inside.starts_with('=') ? "=" + decoded(squeezed(take_value(inside))) : "";
    }
    std::string line = "<" + name;
    for (const auto& [attribute, value] : attributes)
        line += " " + attribute + value;
    return line + ">\n" + (closes_itself ? "</" + name + ">\n" : "");
}

}  // namespace

std::string normalised_markup(std::string_view markup) {
    std::string out;
    while (!markup.empty()) {
        if (const std::string text = text_between(take_until(markup, "<")); !text.empty()) out += text + "\n";
        if (markup.empty()) break;
        markup.remove_prefix(1);
        // A > inside a quoted value does not end the tag.
        std::size_t end = 0;
        for (char quote = 0; end < markup.size() && (quote != 0 || markup[end] != '>'); ++end) {
            if (quote == 0 && (markup[end] == '"' || markup[end] == '\''))
                quote = markup[end];
            else if (markup[end] == quote)
                quote = 0;
        }
        out += tag_line(markup.substr(0, end));
        markup.remove_prefix(std::min(end + 1, markup.size()));
    }
    return out;
}

TEST(NormalisedMarkup, IgnoresOrderAndIndentationOnly) {
    EXPECT_EQ(normalised_markup("<a b=\"1\"\n  c='2'>\n  x &amp; y\n</a>"),
              normalised_markup("<a c=\"2\" b=\"1\">x & y</a>"));
    EXPECT_EQ(normalised_markup("<path d=\"m\"/>"), normalised_markup("<path d=\"m\"></path>"));
    EXPECT_NE(normalised_markup("<i>a </i>b"), normalised_markup("<i>a</i>b"));
    EXPECT_NE(normalised_markup("<a b>"), normalised_markup("<a b=\"\">"));
    EXPECT_NE(normalised_markup("<a b=\"1\">"), normalised_markup("<a b=\"2\">"));
    EXPECT_NE(normalised_markup("<b>x</b>"), normalised_markup("<i>x</i>"));
    EXPECT_NE(normalised_markup("<p>x</p>"), normalised_markup("<p>y</p>"));
}

}  // namespace optimat
