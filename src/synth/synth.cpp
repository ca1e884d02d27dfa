#include "synth/synth.hpp"

#include "synth/contacts.hpp"
#include "synth/defects.hpp"
#include "synth/evidence.hpp"
#include "synth/extract_files.hpp"
#include "synth/prescribing.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

using namespace synth;

constexpr std::uint64_t first_client_stream = 1'000;

void require_range(const char* option, int value, int lowest, int highest) {
    if (value < lowest || value > highest)
        throw UsageError(
            fmt::format("--{} is {}; give a number from {} to {}.", option, value, lowest, highest));
}

void require_possible(const SynthOptions& options) {
    require_range("clients", options.clients, 1, 1'000'000);
    require_range("services", options.services, 1, 1'000);
    require_range("months", options.months, 1, 120);
    if (options.last_month_end && !is_month_end(*options.last_month_end))
        throw UsageError(
            "The last day of the synthetic extract is not the end of a month; give the last day of one.");
    if (options.out.empty()) throw UsageError("There is no folder to write to; give one with -o.");
}

void make_client(ClientRecords& records, const ClientPlan& client, const Plan& plan, Random& random) {
    records.clear();
    const Career career = make_career(client, plan, random);
    add_episodes(records, client, career, plan, random);
    add_prescriptions(records, client, career, plan, random);
    add_evidence(records, client, career, plan, random);
    add_inventories(records, client, career, plan, random);
    add_events(records, career, plan, random);
}

std::optional<std::string> service_with(const Plan& plan, FigureRole role) {
    for (const Service& service : plan.services)
        if (service.role == role) return service.service_id;
    return std::nullopt;
}

}  // namespace

SynthSummary write_synthetic_extract(const SynthOptions& options) {
    require_possible(options);
    const Plan plan = make_plan(options);
    ExtractFiles files(options.out, plan, options.defects);
    DefectPlanter planter(plan);
    ClientRecords records;
    for (std::size_t number = 0; number < plan.clients.size(); ++number) {
        Random random(options.seed, first_client_stream + number);
        make_client(records, plan.clients[number], plan, random);
        if (options.defects == Defects::yes) files.repeat_next(planter.plant(records, number));
        files.write(records, number);
    }
    SynthSummary summary{plan.period.covers_from, plan.period.last, files.close(), {}, {}};
    if (options.defects == Defects::yes) summary.files.push_back(planter.write_list(options.out));
    summary.figure_8_service = service_with(plan, FigureRole::figure_8);
    summary.figure_4_service = service_with(plan, FigureRole::figure_4);
    return summary;
}

}  // namespace optimat
