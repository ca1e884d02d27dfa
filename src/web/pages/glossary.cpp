// The glossary, its rule ids leading to the definitions.

#include "web/glossary.hpp"

#include "web/pages/definitions.hpp"
#include "web/pages/page.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

std::string anchor_of(std::string_view term) {
    std::string anchor = fmt::format("term-{}", term);
    std::ranges::replace(anchor, ' ', '-');
    return anchor;
}

Html piece_html(const GlossaryText& piece) {
    switch (piece.kind) {
    case GlossaryText::Kind::words:
        break;
    case GlossaryText::Kind::term:
        return tag::dfn({}, piece.text);
    case GlossaryText::Kind::code:
        if (!has_definition(piece.text)) return tag::code({}, piece.text);
        return tag::a({{"href", "/definitions#" + definition_anchor(piece.text)}}, tag::code({}, piece.text));
    }
    return piece.text;
}

Html entry_html(const GlossaryEntry& entry) {
    Html terms, sentence;
    for (const std::string& term : entry.terms)
        terms += tag::dt({{"id", anchor_of(term)}}, term);
    for (const GlossaryText& piece : entry.sentence)
        sentence += piece_html(piece);
    return tag::div({{"class", "app-term"}}, terms, tag::dd({}, sentence));
}

std::string section_anchor(std::size_t number) { return fmt::format("section-{}", number + 1); }

}  // namespace

namespace pages {

Response glossary(Context& context) {
    const std::vector<GlossarySection> sections = shipped_glossary();
    PageFrame frame = frame_for(context, Section::definitions);
    frame.title = frame.heading = "Glossary";
    frame.breadcrumbs = {{"Definitions", "/definitions"}};
    frame.main += tag::p({{"class", "app-lede"}},
                         "One word for one thing: the same in files, on pages and in messages.");
    Html links, html;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        links += tag::li({}, tag::a({{"href", "#" + section_anchor(i)}}, sections[i].title));
        Html entries;
        for (const GlossaryEntry& entry : sections[i].entries)
            entries += entry_html(entry);
        html += html_of(tag::h2({{"id", section_anchor(i)}}, sections[i].title),
                        tag::dl({{"class", "app-terms"}}, entries));
    }
    frame.main +=
        tag::nav({{"aria-label", "Parts of the glossary"}}, tag::ul({{"class", "app-jump"}}, links));
    frame.main += html;
    return respond(frame);
}

}  // namespace pages

}  // namespace optimat
