#include "measure/attribution.hpp"
#include "report/number_text.hpp"
#include "web/views.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

DataCell words_or_none(std::string_view text) {
    return text.empty() ? DataCell::nothing() : DataCell::words(std::string(text));
}

DataCell dose_cell(const State& state) {
    return state.dose_known ? DataCell{CellKind::milligrams, {}, state.dose.number, 1000, {}}
                            : DataCell::nothing();
}

std::vector<DataCell> person_row(const Figures& figures, const Person& person, Day day) {
    const Chunk& chunk = figures.extract().chunks[person.chunk];
    const State& state = *person.state;
    const Attribution whose = attribute(chunk, state, day);
    const ClientPlace place{person.chunk, person.client};
    return {DataCell::words(std::string(chunk.client_ids[person.client]))
                .linked("/people/" + figures.reference_of(place)),
            DataCell::words(figures.extract().services[*state.service].name),
            words_or_none(whose.keyworker),
            DataCell::words(std::string(text_of(state.stage))),
            words_or_none(text_of(state.cohort)),
            DataCell::words(std::string(words_for(state.medicine))),
            dose_cell(state),
            DataCell::words(std::string(text_of(state.band))),
            DataCell::words(std::string(text_of(state.regime))),
            state.spell_censored ? DataCell::nothing() : DataCell::count(state.spell_day)};
}

/// Those of the people whom the user may see. Whoever may list a place sees everybody there.
std::vector<Person> seen_by(const User& user, const Figures& figures, std::vector<Person> people) {
    std::erase_if(people, [&](const Person& person) {
        const Day day = figures.dates()[person.state->date];
        return !may_see(user, figures.extract(), figures.extract().chunks[person.chunk], *person.state, day);
    });
    return people;
}

}  // namespace

PageFigures people_figures(Context& context, const PageChoice& choice, const Selection& selection) {
    const Figures& figures = context.figures();
    const User& user = context.user().user;
    const bool caseload = user.role == Role::recovery_worker;
    if (!caseload && !may_list(user, figures.extract(), choice.place))
        throw HttpError(
            403, "You can open lists of people at your own services only. Choose one of them as the place.");
    std::vector<Person> people =
        people_of(figures.extract(), figures.states(), choice.date, choice.place, selection);
    if (caseload) people = seen_by(user, figures, std::move(people));
    std::ranges::sort(people, {}, [&](const Person& person) {
        return figures.extract().chunks[person.chunk].client_ids[person.client];
    });
    DataTable table{
        "people",
        fmt::format("{}: {}", words_for(selection), people_text(static_cast<std::int64_t>(people.size()))),
        "Day in MAT is empty where the spell began before the data. Everybody here is on the list because of "
        "what is recorded; open a person to see why.",
        {{"client_id", "Client", CellKind::words, ""},
         {"service", "Service", CellKind::words, ""},
         {"keyworker_id", "Keyworker", CellKind::words, ""},
         {"stage", "MAT stage", CellKind::words, ""},
         {"cohort", "Cohort", CellKind::words, ""},
         {"medicine", "Medicine", CellKind::words, ""},
         {"dose_mg", "Dose mg", CellKind::milligrams, ""},
         {"band", "Band", CellKind::words, ""},
         {"regime", "Regime", CellKind::words, ""},
         {"spell_day", "Day in MAT", CellKind::count, ""}},
        {},
        1};
    for (const Person& person : people)
        table.rows.push_back(person_row(figures, person, figures.dates()[person.state->date]));
    context.audit.place = choice.place_key;
    context.audit.detail = fmt::format("{}, {}", people_text(static_cast<std::int64_t>(people.size())),
                                       month_key(choice.day(figures)));
    return {caseload ? fmt::format("My caseload, {}", long_date(choice.day(figures)))
                     : fmt::format("People: {}", place_and_day(figures, choice)),
            {{"place", choice.place_key},
             {"month", month_key(choice.day(figures))},
             {"selection", words_for(selection)}},
            {std::move(table)},
            ""};
}

}  // namespace optimat
