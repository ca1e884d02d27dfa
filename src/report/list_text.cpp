#include "report/list_text.hpp"

#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::size_t place_width = 5, label_width = 10;

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const std::string& part : parts)
        text += fmt::format("{}{}", text.empty() ? "" : between, part);
    return text;
}

/// A labelled line of a person, wrapped under itself.
std::string labelled(std::string_view label, const std::string& words, const Terminal& terminal) {
    if (words.empty()) return {};
    const std::string head = std::string(place_width, ' ') + pad_right(label, label_width);
    return wrapped(head + printable(words), terminal.width, place_width + label_width);
}

std::string factor_words(const RiskPicture& risk, Presence presence, Day as_at) {
    std::vector<std::string> parts;
    for (const FactorLine& line : factor_lines(risk, presence, as_at)) {
        std::string words = words_for(line.factors);
        if (line.finding)
            words += fmt::format(" ({}, {} ago)", finding_words(*line.finding),
                                 counted(line.age_days.value_or(0), "day"));
        parts.push_back(std::move(words));
    }
    return joined(parts, "; ");
}

std::string evidence_words(const PersonPicture& person, Day as_at) {
    std::string words = "never recorded";
    if (person.last_evidence)
        words = fmt::format(
            "{}, {}, {} ago: {}", person.last_evidence->table == TableKind::tops ? "TOP" : "drug screen",
            short_date(person.last_evidence->day), counted(as_at - person.last_evidence->day, "day"),
            person.last_evidence->use ? "use on top" : "no use on top");
    if (person.days_used)
        words +=
            fmt::format("; on {} of 28, {}", counted(*person.days_used, "day"), text_of(person.frequency));
    if (person.tolerance_lower) words += "; tolerance may be lower";
    return words;
}

std::string naloxone_words(const PersonPicture& person) {
    if (!person.naloxone) return "none on record";
    return fmt::format("supplied {}{}", short_date(*person.naloxone),
                       person.naloxone_current ? "" : ", too long ago");
}

std::string review_line(const ListRow& row, const ReviewTexts& reviews) {
    std::string words;
    if (const TeamReview* review = shown_review(row)) {
        words = fmt::format("{}: {}", short_date(review->day), review_words(row, reviews));
        if (review->deferred_to) words += ", deferred to " + short_date(*review->deferred_to);
        if (row.standing.review == nullptr) words += " (counts no more)";
    }
    if (row.person->last_medical_review)
        words += fmt::format("{}medical review {}", words.empty() ? "" : "; ",
                             short_date(*row.person->last_medical_review));
    return words;
}

std::string refused_words(const PersonPicture& person) {
    if (person.refused_records == 0) return {};
    return fmt::format("{} of this person refused: the picture may not be whole",
                       counted(person.refused_records, "record"));
}

std::string person_text(const Extract& extract, const Pictures& pictures, const ListRow& row,
                        std::size_t place, WorkList list, const ListTexts& texts, const ReviewTexts& reviews,
                        const Terminal& terminal) {
    const PersonPicture& person = *row.person;
    const std::string_view client = extract.chunks[person.place.chunk].client_ids[person.place.client];
    const std::string service =
        person.service.has_value() ? extract.services[*person.service].name : "no service known";
    const std::string keyworker = person.keyworker.empty() ? "no keyworker" : std::string(person.keyworker);
    std::string text = pad_left(count_text(static_cast<std::int64_t>(place)), place_width - 1) + " " +
                       paint(terminal, Ink::strong,
                             cut_to(printable(fmt::format("{} · {} · {}", client, service, keyworker)),
                                    terminal.width - place_width)) +
                       "\n";
    text +=
        labelled("Why", fmt::format("{} ({})", texts.block(row.block).title, words_for(row.standing.status)),
                 terminal);
    text += labelled("Treatment", treatment_words(person), terminal);
    text += labelled("Details", joined(own_lines(extract, pictures, row, list), "; "), terminal);
    text += labelled("Present", factor_words(person.risk, Presence::present, pictures.as_at), terminal);
    text += labelled("Unknown", factor_words(person.risk, Presence::unknown, pictures.as_at), terminal);
    text += labelled("Absent", factor_words(person.risk, Presence::absent, pictures.as_at), terminal);
    text += labelled("Conflict", joined(conflict_lines(person.risk), "; "), terminal);
    text += labelled("Evidence", evidence_words(person, pictures.as_at), terminal);
    text += labelled("Naloxone", naloxone_words(person), terminal);
    text += labelled("Review", review_line(row, reviews), terminal);
    text += labelled("Data", refused_words(person), terminal);
    if (row.claim != nullptr)
        text += labelled("Taken on",
                         fmt::format("by {}, due {}", row.claim->assigned_to, short_date(row.claim->due)),
                         terminal);
    return text;
}

constexpr std::string_view part_heads[] = {"Why here", "To review", "Awaiting",
                                           "Reviewed", "Optimised", "All"};
/// Columns that the figures beside the block take at most.
constexpr std::size_t part_figures = 50;

std::string parts_text(const DataTable& parts, const Terminal& terminal) {
    TextTable table(terminal);
    for (std::size_t i = 0; i < parts.columns.size(); ++i)
        table.add_column(std::string(part_heads[i]), i == 0 ? Align::left : Align::right);
    for (const auto& row : parts.rows) {
        std::vector<std::string> cells;
        for (const DataCell& cell : row)
            cells.push_back(cells.empty() ? cut_to(shown_text(cell), terminal.width - part_figures)
                                          : shown_text(cell));
        table.add_row(std::move(cells));
    }
    return table.text();
}

}  // namespace

void write_list_text(const Extract& extract, const Pictures& pictures, std::span<const ListRow> rows,
                     const ListHead& head, const ListTexts& texts, const ReviewTexts& reviews,
                     const Provenance& provenance, const Terminal& terminal, const TextSink& sink) {
    const ListText& list = texts.list(head.list);
    std::string text =
        paint(terminal, Ink::strong,
              cut_to(fmt::format("{} · {}", list.title, printable(head.place.name)), terminal.width)) +
        '\n' + cut_to(fmt::format("Needs review, as at {}", long_date(pictures.as_at)), terminal.width) +
        "\n\n";
    text += wrapped(list.words, terminal.width) + wrapped(list.question, terminal.width) + '\n';
    text += parts_text(list_parts_table(count_list(rows), head.list, texts), terminal) + '\n';
    if (head.reviews == ReviewsKnown::none)
        text += wrapped("A folder holds no reviews, so everybody counts as still to review.", terminal.width);
    text += wrapped(head.order, terminal.width) + '\n';
    sink(text);
    for (std::size_t i = 0; i < rows.size(); ++i)
        sink(person_text(extract, pictures, rows[i], i + 1, head.list, texts, reviews, terminal) + '\n');
    if (rows.empty()) sink("Nobody.\n\n");
    sink(paint(terminal, Ink::faint, wrapped(printable(provenance.line()), terminal.width)));
}

}  // namespace optimat
