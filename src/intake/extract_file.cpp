#include "intake/extract_file.hpp"

#include "base/error.hpp"
#include "intake/text_file.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

namespace optimat {

namespace {

Day day_at(const toml::table& table, const char* key) {
    const toml::node* node = table.get(key);
    if (node == nullptr)
        throw InputError(
            fmt::format("extract.toml: the key '{}' is missing; write {} = \"YYYY-MM-DD\"", key, key));
    std::optional<Day> day;
    if (const auto* text = node->as_string()) day = parse_iso_day(text->get());
    if (const auto* date = node->as_date())
        day = day_of(date->get().year, date->get().month, date->get().day);
    if (day && (*day < first_readable_day || *day > last_readable_day)) day.reset();
    if (!day)
        throw InputError(fmt::format("extract.toml: line {}: {} is not a date; write it as \"YYYY-MM-DD\"",
                                     node->source().begin.line, key));
    return *day;
}

}  // namespace

ExtractFile read_extract_file(const std::filesystem::path& file) {
    toml::table table;
    const std::string text = read_text_file(file);
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& error) {
        throw InputError(
            fmt::format("extract.toml: line {}: {}", error.source().begin.line, error.description()));
    }
    for (const auto& [key, node] : table) {
        const std::string_view name = key.str();
        if (name == "organisation" || name == "covers_from" || name == "covers_to" || name == "mapping")
            continue;
        throw InputError(fmt::format("extract.toml: line {}: the key '{}' is not known; known are "
                                     "organisation, covers_from, covers_to and mapping",
                                     node.source().begin.line, name));
    }
    ExtractFile result;
    result.organisation = table["organisation"].value_or(std::string{});
    if (result.organisation.empty())
        throw InputError(
            "extract.toml: the key 'organisation' is missing; write organisation = \"Name of the provider\"");
    result.covers_from = day_at(table, "covers_from");
    result.covers_to = day_at(table, "covers_to");
    if (result.covers_to < result.covers_from)
        throw InputError("extract.toml: covers_to is before covers_from; correct one of them");
    if (const toml::node* mapping = table.get("mapping")) {
        if (!mapping->is_string())
            throw InputError(fmt::format("extract.toml: line {}: mapping must be a text in quotes: the path "
                                         "of a mapping file, or built-in:NAME",
                                         mapping->source().begin.line));
        result.mapping = mapping->as_string()->get();
    }
    return result;
}

}  // namespace optimat
