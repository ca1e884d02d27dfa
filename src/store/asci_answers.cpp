#include "store/asci_answers.hpp"

#include "store/database.hpp"
#include "store/stored_texts.hpp"

#include <fmt/format.h>
#include <optional>
#include <tuple>

namespace optimat {

namespace {

constexpr std::string_view columns =
    "number, person, at, author, author_role, service, day, inventory, supervised_before, supervised_after, "
    "note, coalesce(about, 0), request";

/// All of the row but the items.
AsciAnswer answer_of(const Statement& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    AsciAnswer answer;
    answer.number = row.integer(0);
    answer.person = text(1);
    answer.at = text(2);
    answer.author = text(3);
    answer.author_role = text(4);
    answer.service = text(5);
    answer.day = text(6);
    answer.inventory = text(7);
    answer.supervised_before = text(8);
    answer.supervised_after = text(9);
    answer.note = text(10);
    answer.about = row.integer(11);
    answer.request = text(12);
    return answer;
}

/// On PostgreSQL the rows may hold items of answers that came after these were read.
void read_items(Statement& row, std::vector<AsciAnswer>& answers) {
    auto answer = answers.begin();
    while (row.next()) {
        const std::int64_t number = row.integer(0);
        while (answer != answers.end() && answer->number < number)
            ++answer;
        if (answer == answers.end()) break;
        if (answer->number == number) answer->items.emplace(row.text(1), row.text(2));
    }
    row.reset();
}

/// The answers for which `condition`, a text on `answer.…`, holds; oldest first.
template <class Value>
std::vector<AsciAnswer> answers_where(Database& database, std::string_view condition, const Value& value) {
    std::vector<AsciAnswer> answers;
    Statement row(database, fmt::format("SELECT {} FROM asci_answer AS answer WHERE {} ORDER BY number",
                                        columns, condition));
    for (row.start(value); row.next();)
        answers.push_back(answer_of(row));
    row.reset();
    if (answers.empty()) return answers;
    Statement items(database, fmt::format("SELECT item.answer, item.item, item.value FROM asci_answer AS "
                                          "answer JOIN asci_answer_item AS item ON item.answer = "
                                          "answer.number WHERE {} ORDER BY item.answer, item.item",
                                          condition));
    items.start(value);
    read_items(items, answers);
    return answers;
}

std::optional<AsciAnswer> find_answer(Database& database, std::int64_t number) {
    auto answers = answers_where(database, "answer.number = ?", number);
    if (answers.empty()) return std::nullopt;
    return std::move(answers.front());
}

std::int64_t newest_of(Database& database, std::string_view person) {
    Statement row(database, "SELECT coalesce(max(number), 0) FROM asci_answer WHERE person = ?");
    row.start(person);
    row.next();
    return row.integer(0);
}

/// Whether two answers say the same: all that somebody typed.
bool is_same(const AsciAnswer& one, const AsciAnswer& other) {
    const auto said = [](const AsciAnswer& answer) {
        return std::tie(answer.day, answer.supervised_before, answer.supervised_after, answer.items,
                        answer.note, answer.about);
    };
    return said(one) == said(other);
}

std::optional<AsciAnswer> answer_of_request(Database& database, const AsciAnswer& answer) {
    auto stored = answers_where(database, "answer.request = ?", answer.request);
    if (stored.empty()) return std::nullopt;
    // The text is random: nobody but the form that holds it has it by chance.
    if (stored.front().person != answer.person || stored.front().author != answer.author)
        throw UsageError("this form was sent before for somebody else; open it again");
    if (!is_same(stored.front(), answer))
        throw ConflictError("this form was saved before with something else in it; look at it again before "
                            "you save");
    return std::move(stored.front());
}

void require_fitting_about(Database& database, const AsciAnswer& answer) {
    if (answer.about == 0) return;
    const auto about = find_answer(database, answer.about);
    if (!about || about->person != answer.person)
        throw UsageError("what is to be corrected is no inventory of this person");
    Statement row(database, "SELECT coalesce(min(number), 0) FROM asci_answer WHERE about = ?");
    row.start(answer.about);
    row.next();
    if (row.integer(0) != 0)
        throw UsageError("this inventory has been corrected already; look at what stands in its place");
}

std::int64_t insert(Database& database, const AsciAnswer& answer) {
    Statement row(database,
                  "INSERT INTO asci_answer (person, at, author, author_role, service, day, inventory, "
                  "supervised_before, supervised_after, note, about, request) VALUES (?, ?, ?, ?, ?, "
                  "?, ?, ?, ?, ?, nullif(CAST(? AS BIGINT), 0), ?) RETURNING number");
    row.start(answer.person, answer.at, answer.author, answer.author_role, answer.service, answer.day,
              answer.inventory, answer.supervised_before, answer.supervised_after, answer.note, answer.about,
              answer.request);
    row.next();
    return row.integer(0);
}

}  // namespace

AsciAnswer add_asci_answer(Database& database, const AsciAnswer& answer, std::optional<std::int64_t> seen) {
    if (answer.person.empty() || answer.author.empty() || !is_request(answer.request))
        throw UsageError("an inventory needs a person, an author and the random text of its form");
    WriteScope scope(database);
    // Held until what is added is visible: whoever reads a number has seen, or can read, all those below it.
    database.lock("inventory answers");
    if (auto stored = answer_of_request(database, answer)) return std::move(*stored);
    if (seen && newest_of(database, answer.person) > *seen)
        throw ConflictError(
            "somebody else has answered an inventory of this person meanwhile; look at it again "
            "before you save");
    require_fitting_about(database, answer);
    const std::int64_t number = insert(database, answer);
    Statement item(database, "INSERT INTO asci_answer_item (answer, item, value) VALUES (?, ?, ?)");
    for (const auto& [name, value] : answer.items)
        item.run(number, name, value);
    AsciAnswer added = find_answer(database, number).value();
    scope.commit();
    return added;
}

std::vector<AsciAnswer> asci_answers_of(Database& database, std::string_view person) {
    return answers_where(database, "answer.person = ?", person);
}

std::vector<AsciAnswer> asci_answers_after(Database& database, std::int64_t after) {
    return answers_where(database, "answer.number > ?", after);
}

std::int64_t newest_asci_answer(Database& database) {
    return database.number("SELECT coalesce(max(number), 0) FROM asci_answer");
}

}  // namespace optimat
