#include "report/table_text.hpp"

#include "report/number_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

/// A decimal text as a JSON number.
nlohmann::ordered_json number_of(const std::string& text) { return nlohmann::ordered_json::parse(text); }

}  // namespace

std::string csv_words(std::string_view text) {
    const bool formula =
        !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    return csv_cell(formula ? "'" + std::string(text) : std::string(text));
}

std::string csv_share(std::int64_t part, std::int64_t whole) {
    return ratio_text(part, whole, 6).value_or("");
}

std::string_view csv_provenance_head() { return ",program_version,policy,policy_version,policy_hash,source"; }

std::string csv_provenance(const Provenance& provenance) {
    return fmt::format(",{},{},{},{},{}", csv_cell(provenance.program_version),
                       csv_words(provenance.policy_name), csv_words(provenance.policy_version),
                       csv_cell(provenance.policy_hash), csv_words(provenance.source));
}

nlohmann::ordered_json json_of(const Provenance& provenance) {
    return {{"program_version", provenance.program_version},
            {"policy", provenance.policy_name},
            {"policy_version", provenance.policy_version},
            {"policy_hash", provenance.policy_hash},
            {"source", provenance.source}};
}

nlohmann::ordered_json json_ratio(std::int64_t numerator, std::int64_t denominator, int places) {
    const auto text = ratio_text(numerator, denominator, places);
    return text ? number_of(*text) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json json_decimal(std::optional<double> figure, int places) {
    return figure ? number_of(decimal_text(*figure, places)) : nlohmann::ordered_json(nullptr);
}

}  // namespace optimat
