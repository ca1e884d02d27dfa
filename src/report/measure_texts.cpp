#include "report/measure_texts.hpp"

#include "report/definition_reading.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace optimat {

namespace {

/// The one of `values` whose text it is.
template <class Enum, std::size_t N>
Enum choice_of_key(const toml::table& table, std::string_view key, const std::array<Enum, N>& values,
                   const std::string& origin) {
    const std::string text = text_of_key(table, key, origin);
    std::string known;
    for (const Enum value : values) {
        if (text_of(value) == text) return value;
        known += fmt::format("{}{}", known.empty() ? "" : ", ", text_of(value));
    }
    refuse(origin, table, fmt::format("`{}` must be one of {}", key, known));
}

const toml::array& tables_of_key(const toml::table& root, std::string_view key, const std::string& origin) {
    const toml::array* const tables = root[key].as_array();
    if (tables == nullptr || tables->empty())
        refuse(origin, root, fmt::format("there must be a [[{}]]", key));
    for (const toml::node& node : *tables)
        if (!node.is_table()) refuse(origin, node, fmt::format("`{}` must be [[{}]] tables", key, key));
    return *tables;
}

std::vector<std::string> names_of_key(const toml::table& table, std::string_view key,
                                      const std::string& origin) {
    std::vector<std::string> names;
    if (!table.contains(key)) return names;
    const toml::array* const list = table[key].as_array();
    if (list == nullptr) refuse(origin, table, fmt::format("`{}` must be a list of names", key));
    for (const toml::node& node : *list) {
        const auto name = node.value<std::string>();
        if (!name || std::ranges::find(names, *name) != names.end())
            refuse(origin, node, fmt::format("`{}` holds names, each once", key));
        names.push_back(*name);
    }
    return names;
}

const MeasureFunction& function_of_name(const toml::table& table, const std::string& name,
                                        const std::string& origin) {
    const MeasureFunction* const function = find_measure_function(name);
    if (function == nullptr) refuse(origin, table, fmt::format("this program has no function '{}'", name));
    return *function;
}

FunctionText function_text(const toml::table& table, const std::string& origin) {
    check_keys(table, {"name", "title", "thing", "parts"}, origin);
    FunctionText text{text_of_key(table, "name", origin),
                      text_of_key(table, "title", origin),
                      text_of_key(table, "thing", origin),
                      {}};
    const MeasureFunction& function = function_of_name(table, text.name, origin);
    for (const toml::node& node : tables_of_key(table, "parts", origin)) {
        const toml::table& part = *node.as_table();
        check_keys(part, {"name", "title", "outside"}, origin);
        text.parts.push_back({text_of_key(part, "name", origin), text_of_key(part, "title", origin),
                              part["outside"].value_or(false)});
    }
    if (!std::ranges::equal(text.parts, function.parts, {}, &PartText::name))
        refuse(origin, table,
               fmt::format("the parts of '{}' are, in this order: {}", text.name,
                           fmt::join(function.parts, ", ")));
    return text;
}

class MeasureReader {
    template <class Values> auto choice(std::string_view key, const Values& values) const {
        return choice_of_key(m_table, key, values, m_origin);
    }

  public:
    MeasureReader(const MeasureDefinitions& definitions, const toml::table& table, const std::string& origin)
        : m_definitions(definitions), m_table(table), m_origin(origin) {}

    MeasureDefinition read() {
        check_keys(m_table,
                   {"name", "title", "group", "function", "value", "numerator", "denominator", "better",
                    "chart", "leaves", "beside", "words", "denominator_words", "source"},
                   m_origin);
        MeasureDefinition measure;
        measure.name = text("name");
        if (m_definitions.find(measure.name) != nullptr) complain("stands twice");
        measure.title = text("title");
        measure.group = text("group");
        if (std::ranges::find(m_definitions.groups, measure.group, &MeasureGroup::id) ==
            m_definitions.groups.end())
            complain(fmt::format("there is no group '{}'", measure.group));
        measure.words = text("words");
        measure.denominator_words = text("denominator_words");
        measure.source = text("source");
        measure.function = &function_of_name(m_table, text("function"), m_origin);
        measure.value =
            choice("value", std::array{MeasureValue::share, MeasureValue::mean, MeasureValue::rate});
        measure.better =
            choice("better", std::array{BetterWhen::lower, BetterWhen::higher, BetterWhen::neither});
        measure.chart = choice(
            "chart", std::array{ChartKind::xmr, ChartKind::p_chart, ChartKind::run_chart, ChartKind::line});
        measure.numerator = parts("numerator", *measure.function);
        measure.denominator = parts("denominator", *measure.function);
        if (m_table.contains("leaves"))
            measure.leaves =
                choice("leaves", std::array{MeasureLeaves::organisation, MeasureLeaves::everywhere});
        measure.beside = names_of_key(m_table, "beside", m_origin);
        check_parts(measure);
        return measure;
    }

  private:
    [[noreturn]] void complain(const std::string& why) const { refuse(m_origin, m_table, why); }
    std::string text(std::string_view key) const { return text_of_key(m_table, key, m_origin); }

    std::vector<std::uint8_t> parts(std::string_view key, const MeasureFunction& function) const {
        std::vector<std::uint8_t> places;
        for (const std::string& name : names_of_key(m_table, key, m_origin)) {
            const auto place = function.part(name);
            if (!place)
                complain(fmt::format("'{}' has no part '{}'; it has: {}", function.name, name,
                                     fmt::join(function.parts, ", ")));
            places.push_back(*place);
        }
        if (places.empty()) complain(fmt::format("there must be parts in `{}`", key));
        std::ranges::sort(places);
        return places;
    }

    void check_parts(const MeasureDefinition& measure) const {
        const bool within = std::ranges::includes(measure.denominator, measure.numerator);
        if (measure.value == MeasureValue::share && !within)
            complain("every part of the numerator must be one of the denominator");
        if (measure.value == MeasureValue::mean && measure.numerator != measure.denominator)
            complain("of a mean, numerator and denominator are the same parts");
        if (measure.value != MeasureValue::share && measure.function->unit == MeasureUnit::none)
            complain(fmt::format("the things of '{}' have no value", measure.function->name));
        const auto known =
            std::ranges::find(m_definitions.functions, measure.function->name, &FunctionText::name);
        if (known == m_definitions.functions.end())
            complain(fmt::format("there must be words for the function '{}'", measure.function->name));
        for (const std::uint8_t part : measure.denominator)
            if (known->parts[part].outside)
                complain(fmt::format("part '{}' is outside", known->parts[part].name));
    }

    const MeasureDefinitions& m_definitions;
    const toml::table& m_table;
    const std::string& m_origin;
};

/// What leaves is a share or, for the organisation alone, a rate; what must stand beside it leaves too,
/// wherever it does; measures of one function leave alike.
void check_leaving(const MeasureDefinitions& definitions, const toml::table& root,
                   const std::string& origin) {
    for (const MeasureDefinition& measure : definitions.measures) {
        if (measure.leaves == MeasureLeaves::nowhere) continue;
        if (measure.value == MeasureValue::mean)
            refuse(origin, root, fmt::format("'{}' is a mean, and means may not leave", measure.name));
        if (measure.value == MeasureValue::rate && measure.leaves != MeasureLeaves::organisation)
            refuse(origin, root,
                   fmt::format("'{}' is a rate, and rates leave for the organisation alone", measure.name));
        for (const std::string& name : measure.beside)
            if (definitions.find(name)->leaves < measure.leaves)
                refuse(origin, root,
                       fmt::format("'{}' may leave, so '{}' beside it must too", measure.name, name));
    }
    for (const MeasureDefinition& measure : definitions.measures) {
        if (measure.leaves == MeasureLeaves::nowhere) continue;
        for (const MeasureDefinition& other : definitions.measures)
            if (other.function == measure.function && other.leaves != MeasureLeaves::nowhere &&
                other.leaves != measure.leaves)
                refuse(origin, root,
                       fmt::format("'{}' and '{}' count the same, so they leave alike", measure.name,
                                   other.name));
    }
}

}  // namespace

MeasureDefinitions measure_definitions(std::string_view toml, const std::string& origin) {
    const toml::table root = parsed(toml, origin);
    check_keys(root, {"version", "source", "group", "function", "measure"}, origin);
    MeasureDefinitions found{
        text_of_key(root, "version", origin), text_of_key(root, "source", origin), {}, {}, {}};
    for (const toml::node& node : tables_of_key(root, "group", origin)) {
        const toml::table& table = *node.as_table();
        check_keys(table, {"id", "title"}, origin);
        found.groups.push_back({text_of_key(table, "id", origin), text_of_key(table, "title", origin)});
    }
    for (const toml::node& node : tables_of_key(root, "function", origin))
        found.functions.push_back(function_text(*node.as_table(), origin));
    for (const toml::node& node : tables_of_key(root, "measure", origin))
        found.measures.push_back(MeasureReader(found, *node.as_table(), origin).read());
    for (const toml::node& node : tables_of_key(root, "measure", origin))
        for (const std::string& name : names_of_key(*node.as_table(), "beside", origin))
            if (found.find(name) == nullptr)
                refuse(origin, node, fmt::format("`beside` names '{}', which is no measure", name));
    check_leaving(found, root, origin);
    return found;
}

}  // namespace optimat
