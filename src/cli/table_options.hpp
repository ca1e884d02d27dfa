#pragma once
// What the tables of a month have in common: the source, the day, whom they are about, and their form.

#include "cli/command_line.hpp"
#include "measure/place.hpp"

namespace optimat {

/// --service, --region, --area and --peer-group: whom a table is about.
struct PlaceOptions {
    std::optional<std::string> service, region, area, peer_group;

    /// Declares the four; at most one may be given, none is the whole organisation.
    void declare(Command& command);
    /// Throws UsageError, naming what there is, when the extract has no such place.
    Place find(const Extract& extract) const;
};

enum class TableFormat { text, csv, json };

struct TableOptions {
    std::string source;
    std::optional<Day> as_at;
    PlaceOptions place;
    std::optional<std::filesystem::path> output;
    TableFormat format = TableFormat::text;

    void declare(Command& command);
};

/// Declares the argument SOURCE, and the option -o as a file.
void declare_source(Command& command, std::string& source);
void declare_output(Command& command, std::optional<std::filesystem::path>& output);

}  // namespace optimat
