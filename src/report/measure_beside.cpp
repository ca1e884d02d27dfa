#include "report/measure_beside.hpp"

namespace optimat {

std::vector<const MeasureDefinition*> beside_of(const MeasureSource& source,
                                                const MeasureDefinition& measure) {
    std::vector<const MeasureDefinition*> measures;
    for (const std::string& name : measure.beside)
        measures.push_back(source.definitions.find(name));
    return measures;
}

void add_beside_columns(DataTable& table, const MeasureSource& source, const MeasureDefinition& measure) {
    for (const MeasureDefinition* one : beside_of(source, measure))
        table.columns.push_back({"beside_" + one->name, one->title, CellKind::decimal, "Beside it"});
}

void add_beside_cells(std::vector<DataCell>& row, const MeasureSource& source,
                      const MeasureDefinition& measure, const BesideCell& cell) {
    for (const MeasureDefinition* one : beside_of(source, measure))
        row.push_back(value_cell(figure_of(*one, cell(*one->function))));
}

}  // namespace optimat
