// A person's history as a picture.

#include "chart/client_picture.hpp"
#include "web/pages/person.hpp"

#include <fmt/format.h>
#include <iterator>

namespace optimat {

namespace {

chart::PictureStage picture_stage(const std::optional<State>& state) {
    if (!state) return chart::PictureStage::outside;
    constexpr chart::PictureStage stages[] = {chart::PictureStage::mat1, chart::PictureStage::mat2,
                                              chart::PictureStage::mat3, chart::PictureStage::mat4,
                                              chart::PictureStage::uncategorised};
    return stages[static_cast<std::size_t>(state->stage)];
}

/// Short, for it stands beside the scale.
std::string_view lane_name(Family family) {
    constexpr std::string_view names[] = {
        "Methadone, mg",         "Buprenorphine, mg", "Lyophilisate, mg", "Weekly injection, mg",
        "Monthly injection, mg", "Sublocade, mg",     "Other, mg"};
    static_assert(std::size(names) == family_count);
    return names[static_cast<std::size_t>(family)];
}

/// A lane for each medicine that is taken on a day shown.
std::vector<chart::DoseLane> lanes(const Figures& figures, const PersonHistory& person) {
    std::vector<chart::DoseLane> all;
    for (std::size_t number = 0; number < family_count; ++number) {
        const Family family = static_cast<Family>(number);
        chart::DoseLane lane{std::string(lane_name(family)), figures.policy().family(family).threshold, {}};
        for (const DoseStep& step : person.history.doses)
            if (step.family == family && step.last >= person.from)
                lane.spans.push_back({step.first, step.last, step.dose});
        if (!lane.spans.empty()) all.push_back(std::move(lane));
    }
    return all;
}

std::vector<chart::EventMark> medicine_changes(const ClientHistory& history) {
    std::vector<chart::EventMark> marks;
    for (std::size_t i = 1; i < history.doses.size(); ++i)
        if (history.doses[i].family != history.doses[i - 1].family)
            marks.push_back(
                {history.doses[i].first, fmt::format("{} from here", words_for(history.doses[i].family))});
    return marks;
}

std::vector<chart::CoverSpan> cover(const ClientHistory& history) {
    std::vector<chart::CoverSpan> spans;
    for (const DoseStep& step : history.doses)
        if (!spans.empty() && spans.back().last + 1 == step.first)
            spans.back().last = step.last;
        else
            spans.push_back({step.first, step.last});
    return spans;
}

/// Nothing when the screen did not look for opioids.
std::optional<chart::ScreenOutcome> outcome_of(const HistoryScreen& screen) {
    const auto any = [&](ScreenResult result) {
        return screen.illicit_opioid == result || screen.fentanyl_or_nitazene == result;
    };
    if (any(ScreenResult::positive)) return chart::ScreenOutcome::positive;
    if (any(ScreenResult::inconclusive)) return chart::ScreenOutcome::inconclusive;
    if (any(ScreenResult::negative)) return chart::ScreenOutcome::negative;
    return std::nullopt;
}

void add_records(const ClientHistory& history, chart::ClientPicture& picture) {
    for (const HistoryTop& top : history.tops)
        picture.tops.push_back(
            {top.day, top.opiate_days ? std::optional<int>(*top.opiate_days) : std::nullopt});
    for (const HistoryScreen& screen : history.screens)
        if (const auto outcome = outcome_of(screen)) picture.screens.push_back({screen.day, *outcome});
    for (const HistoryEvent& event : history.events)
        picture.events.push_back({event.day, code_words(text_of(codes::event_kind, event.kind))});
}

}  // namespace

Html person_picture(const Figures& figures, const PersonHistory& person) {
    chart::ClientPicture picture{person.from,
                                 person.history.last,
                                 lanes(figures, person),
                                 medicine_changes(person.history),
                                 cover(person.history),
                                 {},
                                 {},
                                 {},
                                 {}};
    for (std::size_t date = 0; date < person.history.states.size(); ++date)
        if (figures.dates()[date] >= person.from)
            picture.stages.push_back({figures.dates()[date], picture_stage(person.history.states[date])});
    add_records(person.history, picture);
    return chart::client_picture_figure(picture,
                                        {"person", "Doses, cover, MAT stage, TOPs, drug screens and events",
                                         fmt::format("From {} to {}. The tables below hold the same records.",
                                                     long_date(picture.from), long_date(picture.to)),
                                         1300});
}

}  // namespace optimat
