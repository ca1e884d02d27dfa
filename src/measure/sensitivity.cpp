#include "measure/sensitivity.hpp"

#include "base/check.hpp"
#include "stage/classify.hpp"

namespace optimat {

namespace {

/// Who is in MAT is the same under both, so states stand side by side.
void count_changes(const ChunkStates& ours, const ChunkStates& theirs, SensitivityRow& row) {
    OPTIMAT_CHECK(ours.size() == theirs.size(), "a policy changed who is in MAT");
    for (std::size_t i = 0; i < ours.size(); ++i) {
        OPTIMAT_CHECK(ours[i].client == theirs[i].client, "a policy changed who is in MAT");
        ++row.in_mat;
        row.stage += ours[i].stage != theirs[i].stage;
        row.band += ours[i].band != theirs[i].band;
        row.regime += ours[i].regime != theirs[i].regime;
        row.cohort += ours[i].cohort != theirs[i].cohort;
    }
}

}  // namespace

std::vector<SensitivityRow> sensitivity(const Extract& extract, const Policy& policy,
                                        std::span<const PolicyAlternative> alternatives, Day date,
                                        ThreadCount threads) {
    const States ours = classify(extract, policy, {date}, threads);
    std::vector<SensitivityRow> rows;
    for (const PolicyAlternative& alternative : alternatives) {
        const States theirs = classify(extract, alternative.policy, {date}, threads);
        SensitivityRow& row = rows.emplace_back();
        row.choice = alternative.choice;
        row.setting = alternative.setting;
        for (std::size_t chunk = 0; chunk < ours.chunks.size(); ++chunk)
            count_changes(ours.chunks[chunk], theirs.chunks[chunk], row);
    }
    return rows;
}

}  // namespace optimat
