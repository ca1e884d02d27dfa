#include "intake/mapping.hpp"

#include "base/error.hpp"
#include "intake/contract.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <initializer_list>
#include <toml++/toml.h>

namespace optimat {

namespace {

/// Reads one mapping, with every complaint naming the file and line.
class MappingReader {
  public:
    explicit MappingReader(const std::string& origin) : m_origin(origin) {}

    Mapping read(std::string_view text) {
        toml::table root;
        try {
            root = toml::parse(text);
        } catch (const toml::parse_error& error) {
            complain(error.source(), std::string(error.description()));
        }
        allow_keys(root, {"name", "version", "source", "file"});
        Mapping mapping{text_at(root, "name"), text_at(root, "version"), text_at(root, "source"), {}};
        const toml::table* files = root["file"].as_table();
        if (files == nullptr) complain(root.source(), "a mapping needs at least one [file.\"…\"]");
        for (const auto& [name, node] : *files)
            mapping.files.push_back(read_file(std::string(name.str()), node));
        std::size_t tables = 0;
        for (const FileMapping& file : mapping.files)
            tables += file.tables.size();
        if (tables > most_tables)
            complain(files->source(), fmt::format("a mapping fills at most {} tables", most_tables));
        return mapping;
    }

  private:
    static constexpr std::size_t most_tables = 100;

    [[noreturn]] void complain(const toml::source_region& where, const std::string& what) const {
        throw DefinitionError(fmt::format("{}: line {}: {}", m_origin, where.begin.line, what));
    }

    const toml::table& table_of(const toml::node& node, std::string_view what) const {
        const toml::table* table = node.as_table();
        if (table == nullptr) complain(node.source(), fmt::format("{} must be a table", what));
        return *table;
    }

    void allow_keys(const toml::table& table, std::initializer_list<std::string_view> known) const {
        for (const auto& [key, node] : table)
            if (std::ranges::find(known, key.str()) == known.end())
                complain(node.source(), fmt::format("the key '{}' is not known here; known are: {}",
                                                    key.str(), fmt::join(known, ", ")));
    }

    std::string text_of_node(const toml::node& node, std::string_view what) const {
        if (const auto* text = node.as_string()) return text->get();
        complain(node.source(), fmt::format("{} must be a text in quotes", what));
    }

    std::string text_at(const toml::table& table, std::string_view key) const {
        const toml::node* node = table.get(key);
        return node == nullptr ? std::string{} : text_of_node(*node, key);
    }

    std::vector<std::string> texts_of(const toml::node& node, std::string_view what) const {
        std::vector<std::string> texts;
        const toml::array* array = node.as_array();
        if (array == nullptr) complain(node.source(), fmt::format("{} must be a list of texts", what));
        for (const toml::node& item : *array)
            texts.push_back(text_of_node(item, what));
        return texts;
    }

    std::vector<std::string> texts_at(const toml::table& table, std::string_view key) const {
        const toml::node* node = table.get(key);
        return node == nullptr ? std::vector<std::string>{} : texts_of(*node, key);
    }

    FileMapping read_file(std::string name, const toml::node& node) const {
        const toml::table& table = table_of(node, "a file");
        check_file_name(name, table.source());
        allow_keys(table, {"date", "not_recorded", "discard", "table"});
        FileMapping file{std::move(name),
                         date_form(table),
                         texts_at(table, "not_recorded"),
                         texts_at(table, "discard"),
                         {}};
        const toml::array* tables = table["table"].as_array();
        if (tables == nullptr || tables->empty())
            complain(table.source(), "a file needs at least one [[file.\"…\".table]]");
        for (const toml::node& item : *tables)
            file.tables.push_back(read_table(item));
        for (const TableMapping& mapping : file.tables)
            refuse_discarded(file, mapping, table.source());
        return file;
    }

    void check_file_name(const std::string& name, const toml::source_region& where) const {
        const bool csv = name.size() > 4 && (name.ends_with(".csv") || name.ends_with(".CSV"));
        if (!csv || name.find_first_of("/\\") != name.npos)
            complain(where, fmt::format("'{}' must be the name of a .csv file within the folder", name));
    }

    /// What is discarded is never read, so no field and no condition may want it.
    void refuse_discarded(const FileMapping& file, const TableMapping& table,
                          const toml::source_region& where) const {
        const auto refuse = [&](const std::string& column) {
            if (std::ranges::find(file.discard, column) != file.discard.end())
                complain(where, fmt::format("the column '{}' stands under discard and is wanted by {}",
                                            column, table.table));
        };
        refuse(table.when_column);
        for (const auto& [field, source] : table.fields)
            std::ranges::for_each(source.columns, refuse);
    }

    DateForm date_form(const toml::table& table) const {
        const std::string text = text_at(table, "date");
        if (text.empty() || text == "YYYY-MM-DD") return DateForm::year_month_day;
        if (text == "DD/MM/YYYY") return DateForm::day_month_year_slashes;
        if (text == "YYYYMMDD") return DateForm::compact;
        complain(table.get("date")->source(), "date must be YYYY-MM-DD, DD/MM/YYYY or YYYYMMDD");
    }

    TableMapping read_table(const toml::node& node) const {
        const toml::table& table = table_of(node, "a table");
        allow_keys(table, {"table", "when", "repeats", "fields"});
        TableMapping mapping;
        mapping.table = text_at(table, "table");
        if (!contract_has(mapping.table))
            complain(table.source(), fmt::format("the contract has no table '{}'", mapping.table));
        if (const toml::node* when = table.get("when")) read_when(*when, mapping);
        const std::string repeats = text_at(table, "repeats");
        if (!repeats.empty() && repeats != "expected" && repeats != "reported")
            complain(table.get("repeats")->source(), "repeats must be expected or reported");
        mapping.repeats = repeats == "expected" ? Repeats::expected : Repeats::reported;
        const toml::node* fields = table.get("fields");
        if (fields == nullptr) complain(table.source(), "a table needs fields");
        for (const auto& [field, source] : table_of(*fields, "fields"))
            mapping.fields.emplace(std::string(field.str()), read_source(mapping.table, field.str(), source));
        return mapping;
    }

    void read_when(const toml::node& node, TableMapping& mapping) const {
        if (node.is_string()) {
            mapping.when_column = text_of_node(node, "when");
            return;
        }
        const toml::table& table = table_of(node, "when");
        allow_keys(table, {"column", "values"});
        mapping.when_column = text_at(table, "column");
        mapping.when_values = texts_at(table, "values");
        if (mapping.when_column.empty()) complain(node.source(), "when needs a column");
    }

    FieldSource read_source(std::string_view table, std::string_view field, const toml::node& node) const {
        const Field* contract = contract_field(table, field);
        if (contract == nullptr) complain(node.source(), fmt::format("{} has no field '{}'", table, field));
        FieldSource source;
        if (node.is_string()) {
            source.columns = {text_of_node(node, field)};
            return source;
        }
        const toml::table& keys = table_of(node, field);
        allow_keys(keys, {"column", "columns", "join", "part", "codes", "otherwise", "constant"});
        source.columns = texts_at(keys, "columns");
        if (keys.contains("column")) source.columns.push_back(text_at(keys, "column"));
        if (keys.contains("join")) source.joined_by = text_at(keys, "join");
        if (keys.contains("constant")) source.constant = text_at(keys, "constant");
        if (keys.contains("otherwise")) source.otherwise = text_at(keys, "otherwise");
        const auto ways = keys.contains("column") + keys.contains("columns") + keys.contains("constant");
        if (ways != 1 || source.columns.empty() == !source.constant.has_value())
            complain(node.source(),
                     fmt::format("{} needs a column, columns or a constant, and only one of them", field));
        const std::string part = text_at(keys, "part");
        if (!part.empty() && part != "year") complain(keys.get("part")->source(), "part must be year");
        if (part == "year") source.part = SourcePart::year;
        if (const toml::node* codes = keys.get("codes"))
            for (const auto& [from, to] : table_of(*codes, "codes"))
                source.codes.emplace(std::string(from.str()), code_text(*contract, to));
        const bool as_it_stands =
            source.columns.size() == 1 && source.codes.empty() && !source.otherwise && part.empty();
        if ((field == "daily_dose_ml" || field == "strength_mg_per_ml") && !as_it_stands)
            complain(node.source(), fmt::format("{} is read from one column as it stands", field));
        if (source.otherwise) check_code(*contract, *source.otherwise, node.source());
        if (source.constant) check_code(*contract, *source.constant, node.source());
        return source;
    }

    std::string code_text(const Field& field, const toml::node& node) const {
        std::string text = text_of_node(node, "a code");
        check_code(field, text, node.source());
        return text;
    }

    void check_code(const Field& field, const std::string& text, const toml::source_region& where) const {
        const bool flag = field.kind == FieldKind::flag;
        if (text.empty() || (flag && (text == "true" || text == "false"))) return;
        if (flag || (field.kind == FieldKind::code &&
                     std::ranges::find(field.codes->texts, text) == field.codes->texts.end()))
            complain(where, fmt::format("'{}' is not a value of {}", text, field.name));
    }

    const std::string& m_origin;
};

}  // namespace

const FileMapping* Mapping::of_file(std::string_view file) const {
    const auto found = std::ranges::find(files, file, &FileMapping::file);
    return found == files.end() ? nullptr : &*found;
}

Mapping parse_mapping(std::string_view toml, const std::string& origin) {
    return MappingReader(origin).read(toml);
}

}  // namespace optimat
