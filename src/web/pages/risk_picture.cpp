#include "web/pages/risk_picture.hpp"

#include "priority/picture.hpp"
#include "report/list_data.hpp"
#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

std::string capitalised(std::string_view words) {
    std::string text(words);
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

std::string finding_line(const RiskFinding& finding, Day as_at) {
    return fmt::format("{}, {}", finding_words(finding),
                       finding.day == as_at ? "that day" : counted(as_at - finding.day, "day") + " before");
}

/// Every record within its time that says something of the factor, newest first.
Html records(std::span<const RiskFinding> findings, RiskFactor factor, Day as_at) {
    Html items;
    std::size_t count = 0;
    for (std::size_t i = findings.size(); i > 0; --i) {
        const RiskFinding& finding = findings[i - 1];
        if (finding.factor != factor) continue;
        ++count;
        items += tag::li({}, finding.present ? "yes: " : "no: ", finding_line(finding, as_at));
    }
    if (count == 0) return {};
    return tag::details({{"class", "app-risk__records"}},
                        tag::summary({}, counted(static_cast<std::int64_t>(count), "record")),
                        tag::ul({}, items));
}

Html factor_html(const FactorPicture& picture, RiskFactor factor, std::span<const RiskFinding> findings,
                 Day as_at) {
    constexpr std::string_view classes[] = {"app-risk app-risk--unknown", "app-risk app-risk--absent",
                                            "app-risk app-risk--present"};
    Html html = html_of(tag::dt({}, capitalised(words_for(factor))),
                        tag::dd({{"class", "app-risk__is"}}, capitalised(text_of(picture.presence))));
    html += tag::dd({{"class", "app-risk__source"}}, picture.deciding
                                                         ? finding_line(*picture.deciding, as_at)
                                                         : std::string("nothing recorded in its time says"));
    if (picture.conflict)
        html += tag::dd({{"class", "app-risk__conflict"}},
                        fmt::format("Conflict: {} says {}", finding_line(*picture.conflict, as_at),
                                    picture.conflict->present ? "yes" : "no"));
    const Html all = records(findings, factor, as_at);
    if (!all.empty()) html += tag::dd({}, all);
    return tag::div({{"class", classes[static_cast<std::size_t>(picture.presence)]}}, html);
}

std::string naloxone_words(const PersonPicture& person) {
    if (!person.naloxone) return "No naloxone on record.";
    return fmt::format("Naloxone supplied {}{}.", long_date(*person.naloxone),
                       person.naloxone_current ? "" : ", too long ago to count on");
}

}  // namespace

Html risk_picture_html(Context& context, const PersonChoice& choice) {
    const Figures& figures = context.figures();
    const Day as_at = choice.day(figures);
    std::vector<RiskFinding> findings;
    const auto person = picture_of(figures.extract(), figures.policy(), as_at, choice.place, &findings);
    const RiskPicture risk = person ? person->risk : risk_picture(findings, figures.policy());
    // Present first, then unknown, then absent: what is known to be dangerous, and what nobody knows.
    Html factors;
    for (const Presence presence : {Presence::present, Presence::unknown, Presence::absent})
        for (std::size_t i = 0; i < risk_factor_count; ++i)
            if (risk[i].presence == presence)
                factors += factor_html(risk[i], static_cast<RiskFactor>(i), findings, as_at);
    Html words = html_of("What is known of each factor that raises the danger of an overdose. ",
                         "Unknown never means that there is no risk. ");
    if (person) words += naloxone_words(*person);
    if (person && person->tolerance_lower)
        words += " They use now and then, with alcohol or depressants: tolerance may be lower.";
    return tag::section({{"class", "app-risks"}, {"aria-labelledby", "risk"}},
                        tag::h2({{"id", "risk"}}, "Risk picture"), tag::p({}, words),
                        tag::dl({{"class", "app-risks__factors"}}, factors),
                        tag::p({{"class", "app-note"}},
                               tag::a({{"href", fmt::format("/responses?month={}", month_key(as_at))}},
                                      "Recommended responses to use on top")));
}

}  // namespace optimat
