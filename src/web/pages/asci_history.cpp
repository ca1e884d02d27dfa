// The inventories of one person, from the data and from the team.

#include "html/nhsuk/navigation.hpp"
#include "web/asci_record.hpp"
#include "web/pages/asci.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace optimat {

namespace {

/// One inventory as a row of the table.
struct HistoryRow {
    Day day;
    std::string by, where, present, before, after, standing, note;
    std::int64_t answered = 0, asked = 0;
    std::int64_t number = 0;  ///< of the team's; 0: of the data
    bool may_be_corrected = false;
};

std::string flag_words(Flag flag) {
    constexpr std::string_view words[] = {"not recorded", "no", "yes"};
    return std::string(words[static_cast<std::size_t>(flag)]);
}

void add_present(HistoryRow& row, const std::string& words) {
    row.present += (row.present.empty() ? "" : ", ") + words;
}

class HistoryRows {
  public:
    HistoryRows(Context& context, const PersonChoice& choice)
        : m_context(context), m_choice(choice), m_texts(context.site.list_words().inventory) {
        add_recorded();
        add_answered();
        std::ranges::stable_sort(m_rows, std::ranges::greater{},
                                 [](const HistoryRow& row) { return std::tuple(row.day, row.number); });
    }
    const std::vector<HistoryRow>& rows() const { return m_rows; }

  private:
    void add_recorded() {
        const Figures& figures = m_context.figures();
        const Chunk& chunk = m_choice.chunk(figures);
        const Table& table = chunk.table(TableKind::ascis);
        const RowRange range = table.rows_of(m_choice.place.client);
        for (std::uint32_t at = range.begin; at < range.end; ++at) {
            HistoryRow row;
            row.day = table.column<Day>(AsciField::date)[at];
            if (row.day > m_choice.day(figures)) continue;
            row.where = "data";
            if (const TextRef by = table.column<TextRef>(AsciField::completed_by)[at]; by.has_value())
                row.by = chunk.texts[*by];
            row.before = flag_words(table.column<Flag>(AsciField::supervised_before)[at]);
            row.after = flag_words(table.column<Flag>(AsciField::supervised_after)[at]);
            const auto& items = figures.extract().inventory_items;
            row.asked = static_cast<std::int64_t>(items.size());
            for (std::size_t item = 0; item < items.size(); ++item) {
                const Flag flag = table.columns[fields_of(TableKind::ascis).size() + item].cells<Flag>()[at];
                row.answered += flag != Flag::not_recorded;
                if (flag == Flag::yes) add_present(row, m_texts.words_of(items[item]));
            }
            m_rows.push_back(std::move(row));
        }
    }

    void add_answered() {
        const auto answers = asci_answers_of(*m_context.database, m_choice.reference);
        const auto standing = standing_answers(answers);
        for (const AsciAnswer& answer : answers) {
            const auto day = parse_iso_day(answer.day);
            const OptionalDay to = m_context.figures().reviews_to(m_choice.date);
            if (!day || (to.has_value() && *day > *to)) continue;
            HistoryRow row = row_of(answer, *day);
            row.may_be_corrected = std::ranges::find(standing, &answer) != standing.end();
            row.standing = standing_words(answer, answers);
            m_rows.push_back(std::move(row));
        }
    }

    HistoryRow row_of(const AsciAnswer& answer, Day day) const {
        HistoryRow row;
        row.day = day;
        row.by = answer.author;
        row.where = "dashboard, " + answer.inventory;
        row.before = flag_words(flag_of(answer.supervised_before));
        row.after = flag_words(flag_of(answer.supervised_after));
        row.note = answer.note;
        row.number = answer.number;
        row.answered = static_cast<std::int64_t>(answer.items.size());
        row.asked = static_cast<std::int64_t>(m_texts.items.size());
        for (const auto& [name, value] : answer.items) {
            if (flag_of(value) == Flag::yes) add_present(row, m_texts.words_of(name));
            // An item that the form does not ask any more was asked then.
            if (std::ranges::find(m_texts.items, name, &InventoryItemText::name) == m_texts.items.end())
                ++row.asked;
        }
        return row;
    }

    static std::string standing_words(const AsciAnswer& answer, const std::vector<AsciAnswer>& all) {
        for (const AsciAnswer& later : all)
            if (later.about == answer.number)
                return (says_something(later) ? "corrected on " : "taken back on ") + later.at.substr(0, 10);
        if (!says_something(answer)) return "takes an inventory back";
        return answer.about == 0 ? "" : "correction";
    }

    Context& m_context;
    const PersonChoice& m_choice;
    const InventoryTexts& m_texts;
    std::vector<HistoryRow> m_rows;
};

DataCell words_or_nothing(const std::string& text) {
    return text.empty() ? DataCell::nothing() : DataCell::words(text);
}

/// Unknown is not absent: an inventory without an answer has no items to tell.
DataCell present_cell(const HistoryRow& row) {
    if (row.answered == 0) return DataCell::nothing();
    return DataCell::words(row.present.empty() ? "none" : row.present);
}

DataTable table_of(const std::vector<HistoryRow>& rows) {
    DataTable table{"inventories", "Inventories of supervised consumption", "", {}, {}, 1};
    table.columns = {{"day", "Day", CellKind::day, ""},
                     {"present", "Items present", CellKind::words, ""},
                     {"answered", "Answered", CellKind::count, "Items"},
                     {"asked", "Asked", CellKind::count, "Items"},
                     {"supervised_before", "Before", CellKind::words, "Supervised"},
                     {"supervised_after", "After", CellKind::words, "Supervised"},
                     {"by", "By", CellKind::words, ""},
                     {"where", "From", CellKind::words, ""},
                     {"note", "Note", CellKind::words, ""},
                     {"standing", "Standing", CellKind::words, ""}};
    for (const HistoryRow& row : rows)
        table.rows.push_back({DataCell::of_day(row.day), present_cell(row), DataCell::count(row.answered),
                              DataCell::count(row.asked), DataCell::words(row.before),
                              DataCell::words(row.after), words_or_nothing(row.by),
                              DataCell::words(row.where), words_or_nothing(row.note),
                              words_or_nothing(row.standing)});
    return table;
}

/// A column of links to the form, where an inventory of the team stands.
void add_correction_links(DataTable& table, const std::vector<HistoryRow>& rows, const std::string& form) {
    if (std::ranges::none_of(rows, &HistoryRow::may_be_corrected)) return;
    table.columns.push_back({"correct", "", CellKind::words, ""});
    for (std::size_t i = 0; i < rows.size(); ++i)
        table.rows[i].push_back(rows[i].may_be_corrected ? DataCell::words("Correct").linked(fmt::format(
                                                               "{}?about={}", form, rows[i].number))
                                                         : DataCell::nothing());
}

std::string form_address(const PersonChoice& choice) {
    return fmt::format("/people/{}/asci", choice.reference);
}

}  // namespace

DataTable asci_history_table(Context& context, const PersonChoice& choice) {
    return table_of(HistoryRows(context, choice).rows());
}

Html asci_history_rows(Context& context, const PersonChoice& choice) {
    const HistoryRows history(context, choice);
    if (history.rows().empty()) return tag::p({}, "No inventory is recorded.");
    DataTable table = table_of(history.rows());
    table.title = "Newest first";
    if (holds(context.user().user.role, Permission::record_reviews))
        add_correction_links(table, history.rows(), form_address(choice));
    return table_html(table);
}

Html asci_history_html(Context& context, const PersonChoice& choice) {
    Html html = html_of(tag::h2({{"id", "inventories"}}, "Inventories of supervised consumption"),
                        asci_history_rows(context, choice));
    if (holds(context.user().user.role, Permission::record_reviews))
        html += nhsuk::button(
            {.content = "Fill in an inventory", .variant = "secondary", .href = form_address(choice)});
    return tag::section({{"aria-labelledby", "inventories"}}, html);
}

}  // namespace optimat
