#pragma once

// The extract that a case gives, written to a folder for the real intake to read. What a case leaves out gets
// plain contents: records are numbered, the service is S1, the medicine methadone, everybody named is listed
// in clients.csv and every service in services.csv.

#include "base/day.hpp"
#include "spec_file.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace optimat::spec {

/// What an extract covers when a case does not say.
inline constexpr std::string_view usual_covers_from = "2016-01-01", usual_covers_to = "2019-12-31";

class GivenExtract {
  public:
    /// `inventory_items`: the columns of ascis beyond the contract's own.
    explicit GivenExtract(std::vector<std::string> inventory_items) : m_items(std::move(inventory_items)) {}

    void set_period(std::string covers_from, std::string covers_to);
    /// `table` is a table of the contract, which the rows replace. Cells must be what the contract allows:
    /// broken ones are given as a file. Throws SpecError for an unknown column or code, or a required column
    /// that is left out.
    void set_table(const std::string& table, const SpecTable& rows);
    /// The file exactly as it stands, in place of a table of that name.
    void set_file(const std::string& name, std::string bytes);
    void leave_out_file(const std::string& name);
    void set_mapping(std::string toml);

    /// Whether all contents come from tables, so that any error in them is the spec's own mistake.
    bool only_tables() const { return m_files.empty() && m_mapping.empty(); }

    /// Writes the files. `folder` must exist and be empty.
    void write(const std::filesystem::path& folder) const;

  private:
    struct Table {
        std::vector<std::string> columns;
        std::vector<std::vector<std::string>> rows;
    };
    void check_columns(const std::string& table, const SpecTable& rows) const;
    void check_cell(const std::string& table, const std::string& column, const SpecRow& row,
                    const std::string& cell) const;
    static void add_missing_columns(const std::string& table, Table& rows);
    static Table expanded(const SpecTable& rows);
    std::vector<std::string> named(const std::string& column) const;
    std::map<std::string, Table> all_tables() const;

    std::vector<std::string> m_items;
    std::string m_covers_from{usual_covers_from}, m_covers_to{usual_covers_to};
    std::map<std::string, Table> m_tables;
    std::map<std::string, std::optional<std::string>> m_files;  ///< none: left out
    std::string m_mapping;
};

/// The contract's table for its words in a step: `drug screens` is drug_screens; none when there is no such
/// table.
std::optional<std::string> table_for_words(std::string_view words);

/// A block's text with `\n`, `\r`, `\t`, `\\`, `\xE9` and `\{COUNT TEXT}` (TEXT so many times) taken as they
/// mean, and a line that ends with `\` joined to the next. Throws SpecError for any other escape.
std::string unescaped(const SpecBlock& block);

}  // namespace optimat::spec
