// What a team may offer when somebody uses on top of a prescription.

#include "web/list_words.hpp"
#include "web/pages/list_tabs.hpp"
#include "web/pages/work_lists.hpp"
#include "web/site.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

Html response_html(const ResponseText& response) {
    Html risks, options;
    for (const std::string& risk : response.risks)
        risks += tag::li({}, risk);
    std::size_t number = 0;
    for (const std::string& words : response.options) {
        const std::string id = fmt::format("{}-{}", response.id, ++number);
        options +=
            tag::li({}, tag::input({{"type", "checkbox"}, {"id", id}}), tag::label({{"for", id}}, words));
    }
    return tag::section({{"class", "app-response"}, {"aria-labelledby", response.id}},
                        tag::h2({{"id", response.id}}, response.title), tag::h3({}, "Risks to talk about"),
                        tag::ul({{"class", "app-response__risks"}}, risks),
                        tag::h3({}, "Options to think through"),
                        tag::ul({{"class", "app-response__options"}}, options));
}

}  // namespace

namespace pages {

Response responses(Context& context) {
    const PageChoice choice = read_page_choice(context);
    const ResponseTexts& texts = context.site.list_words().responses;
    PageFrame frame = frame_for(context, Section::lists);
    frame.title = "Recommended responses";
    frame.heading = "Recommended responses to use on top";
    frame.heading_actions = tag::button(
        {{"type", "button"}, {"class", "app-link-button"}, {"data-print", true}, {"hidden", true}}, "Print");
    frame.main += list_tabs(context, choice, ListPage::responses);
    frame.main +=
        tag::p({{"class", "app-lede"}},
               "Checklists for a conversation and a review. What is right for one person is for that person "
               "and a clinician to decide.");
    Html columns;
    for (const ResponseText& response : texts.responses)
        columns += response_html(response);
    frame.main += tag::div({{"class", "app-columns app-responses"}}, columns);
    frame.main += tag::p(
        {{"class", "app-note"}},
        fmt::format("Ticks are for this visit only and are kept nowhere. Source: {}, in our own words; "
                    "version {}.",
                    texts.source, texts.version));
    return respond(frame);
}

}  // namespace pages

}  // namespace optimat
