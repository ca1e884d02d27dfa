#include "measures_bench.hpp"

#include "timing.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace optimat {

namespace {

std::vector<const MeasureFunction*> functions_of(std::string_view names) {
    std::vector<const MeasureFunction*> found;
    if (names.empty())
        for (const MeasureFunction& function : measure_functions())
            found.push_back(&function);
    while (!names.empty()) {
        const std::string_view name = names.substr(0, names.find(','));
        names.remove_prefix(std::min(names.size(), name.size() + 1));
        found.push_back(find_measure_function(name));
        if (found.back() == nullptr) throw std::invalid_argument("there is no such function");
    }
    return found;
}

/// One line for every part that has something; returns how many.
std::size_t write_cells(const MeasureGrid& grid, const Extract& extract, std::string& text) {
    std::size_t lines = 0;
    for (const MeasureFunction* function : grid.functions())
        for (std::size_t date = 0; date < grid.dates().size(); ++date)
            for (std::size_t service = 0; service <= grid.service_count(); ++service) {
                const MeasureCell cell = grid.at(*function, date, service);
                const std::string id =
                    service < grid.service_count() ? extract.services[service].service_id : std::string();
                for (std::size_t part = 0; part < function->parts.size(); ++part) {
                    if (cell.count[part] == 0) continue;
                    fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{}\n", function->name,
                                   to_text(grid.dates()[date]), id, function->parts[part], cell.count[part],
                                   cell.sum[part]);
                    ++lines;
                }
            }
    return lines;
}

}  // namespace

std::string time_measures(const Extract& extract, const Policy& policy, const MeasuresRun& run) {
    const auto functions = functions_of(run.functions);
    std::vector<MeasureGrid> grids;
    std::string json;
    for (const ThreadCount threads : {run.threads, ThreadCount{1}}) {
        const Timing time = timed(
            [&] { grids.push_back(make_measure_grid(extract, policy, run.dates, functions, threads)); });
        json += fmt::format(", \"measures_{0}_ms\": {1:.1f}, \"measures_{0}_processor_ms\": {2:.1f}",
                            grids.size() == 1 ? "threads" : "one", time.wall_ms, time.processor_ms);
    }
    std::string text = "function,month,service_id,part,count,sum\n";
    const std::size_t cells = write_cells(grids.front(), extract, text);
    if (run.cells) std::ofstream(*run.cells) << text;
    return json + fmt::format(", \"functions\": {}, \"dates\": {}, \"services\": {}, \"cells\": {}, "
                              "\"same_with_one_thread\": {}",
                              functions.size(), run.dates.size(), extract.services.size(), cells,
                              grids[0] == grids[1]);
}

}  // namespace optimat
