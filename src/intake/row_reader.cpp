#include "intake/row_reader.hpp"

#include "base/check.hpp"
#include "intake/contract.hpp"

#include <algorithm>
#include <cstring>

namespace optimat {

namespace {

constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_text = 1000;

bool is_space(char c) { return c == ' ' || c == '\t'; }

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    });
}
bool has_high_byte(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

RowReader::RowReader(const FilePlan& plan, const ReadingContext& context, ThreadRows& rows)
    : m_plan(plan), m_context(context), m_rows(rows), m_remembered(plan.memories) {}

void RowReader::raise(Rule rule, std::uint16_t column) {
    m_rows.issues.push_back({rule, m_report, column, m_line});
}

template <class Value> void RowReader::put(std::uint16_t offset, Value value) {
    std::memcpy(m_row + offset, &value, sizeof value);
}

template <class Value> Value RowReader::get(const TablePlan& table, std::size_t field) const {
    Value value;
    std::memcpy(&value, m_row + table.layout->offsets[field], sizeof value);
    return value;
}

std::uint16_t RowReader::column_of(const TablePlan& table, std::size_t field) const {
    for (const FieldPlan& plan : table.fields)
        if (plan.field == field) return plan.column;
    return no_column;
}

void RowReader::read(const Segment& segment) {
    m_line = segment.first_line;
    if (segment.broken != BrokenRow::none) {
        refuse_row(segment.broken == BrokenRow::unclosed_quote ? Rule::row_unclosed_quote
                                                               : Rule::row_too_long);
        return;
    }
    m_unsafe_bytes = segment.has_high_bytes || segment.has_controls;
    m_report = m_plan.tables.front().report;
    m_segment_bytes = segment.bytes;
    std::ranges::fill(m_remembered, Remembered{});
    m_ids = {};
    m_ids.report = m_report;
    m_ids.segment = segment.number;
    RowScanner scanner(segment);
    const char* row_begin = segment.bytes.data();
    while (scanner.next_row()) {
        const auto cells = scanner.cells();
        m_report = m_plan.tables.front().report;
        m_line = scanner.line();
        if (scanner.row_after() - row_begin > static_cast<std::ptrdiff_t>(longest_row)) {
            refuse_row(Rule::row_too_long);
        } else if (scanner.quoting() == RowQuoting::text_after_quote) {
            refuse_row(Rule::row_quote);
        } else {
            if (scanner.quoting() == RowQuoting::stray_quote) raise(Rule::cell_quote, no_column);
            read_row(cells);
        }
        row_begin = scanner.row_after();
    }
    if (m_ids.any) m_rows.segment_ids.push_back(m_ids);
}

void RowReader::refuse_row(Rule rule) {
    for (const TablePlan& table : m_plan.tables) {
        m_report = table.report;
        ++m_rows.counts[m_report].read;
        ++m_rows.counts[m_report].refused;
        raise(rule, no_column);
    }
}

void RowReader::read_row(std::span<const Cell> cells) {
    if (cells.size() == 1 && cells[0].empty()) {
        raise(Rule::row_blank, no_column);
        return;
    }
    if (cells.size() != m_plan.column_count) {
        const bool only_empty_extra =
            cells.size() > m_plan.column_count &&
            std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(m_plan.column_count), cells.end(),
                        [](const Cell& cell) { return cell.empty(); });
        if (!only_empty_extra) {
            refuse_row(Rule::row_cell_count);
            return;
        }
    }
    for (const TablePlan& table : m_plan.tables) {
        m_report = table.report;
        if (!applies(table, cells)) continue;
        ++m_rows.counts[m_report].read;
        if (table.kind)
            read_table(table, cells);
        else
            read_service(table, cells);
    }
}

bool RowReader::applies(const TablePlan& table, std::span<const Cell> cells) {
    if (table.when_column == no_column) return true;
    const std::string_view text = cleaned(cells[table.when_column].view(), table.when_column);
    if (means_nothing(text)) return false;
    return table.when_values.empty() || std::ranges::find(table.when_values, text) != table.when_values.end();
}

inline bool RowReader::means_nothing(std::string_view text) const {
    if (text.empty() || (text.size() == 2 && text[0] == 'N' && text[1] == 'A')) return true;
    return !m_plan.not_recorded.empty() &&
           std::ranges::find(m_plan.not_recorded, text) != m_plan.not_recorded.end();
}

/// The text with padding taken off and its bytes made sound; empty when it cannot be used.
inline std::string_view RowReader::cleaned(std::string_view text, std::uint16_t column) {
    if (text.empty()) return text;
    if (!is_space(text.front()) && !is_space(text.back()) && !m_unsafe_bytes) [[likely]]
        return text;
    return uncommon(text, column);
}

std::string_view RowReader::uncommon(std::string_view text, std::uint16_t column) {
    if (is_space(text.front()) || is_space(text.back())) text = untrimmed(text, column);
    if (!m_unsafe_bytes) return text;
    if (has_control(text)) {
        raise(Rule::cell_control, column);
        return {};
    }
    if (!has_high_byte(text) || is_utf8(text)) return text;
    raise(Rule::cell_encoding, column);
    m_decoded = from_windows_1252(text);
    return m_decoded;
}

std::string_view RowReader::untrimmed(std::string_view text, std::uint16_t column) {
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    if (!text.empty()) raise(Rule::cell_padded, column);
    return text;
}

inline std::string_view RowReader::cell_text(const FieldPlan& plan, std::span<const Cell> cells) {
    if (plan.source != nullptr) return transformed(plan, cells);
    return cleaned(cells[plan.column].view(), plan.column);
}

/// A mapped field's text: constant, columns joined, codes translated, a date reduced to its year.
std::string_view RowReader::transformed(const FieldPlan& plan, std::span<const Cell> cells) {
    const FieldSource& source = *plan.source;
    if (source.constant) return *source.constant;
    std::string_view text;
    if (plan.columns.size() == 1) {
        text = cleaned(cells[plan.column].view(), plan.column);
    } else {
        m_joined.clear();
        for (const std::uint16_t column : plan.columns) {
            const std::string_view part = cleaned(cells[column].view(), column);
            if (means_nothing(part)) return {};
            if (column != plan.columns.front()) m_joined += source.joined_by;
            m_joined += part;
        }
        text = m_joined;
    }
    if (means_nothing(text)) return {};
    if (source.part == SourcePart::year) {
        const auto day = read_day(text, m_plan.date_form);
        if (!day) {
            raise(Rule::cell_number, plan.column);
            return {};
        }
        m_constant = std::to_string(civil(*day).year);
        return m_constant;
    }
    const auto code = source.codes.find(text);
    if (code != source.codes.end()) return code->second;
    if (source.otherwise) return *source.otherwise;
    return text;
}

std::string_view RowReader::checked_id(const FieldPlan& plan, std::span<const Cell> cells) {
    std::string_view id = cell_text(plan, cells);
    if (means_nothing(id)) {
        raise(Rule::row_required_empty, plan.column);
        m_refused = true;
        return {};
    }
    if (id.size() > longest_id) {
        raise(Rule::cell_id_too_long, plan.column);
        m_refused = true;
        return {};
    }
    return id;
}

void RowReader::read_table(const TablePlan& table, std::span<const Cell> cells) {
    m_refused = false;
    const std::string_view client_id = checked_id(table.client, cells);
    const std::size_t row_size = table.layout->size();
    if (client_id.empty()) {
        m_nobodys.resize(row_size);
        m_row = m_nobodys.data();
        read_fields(table, cells);
        if (table.record) checked_id(*table.record, cells);
        ++m_rows.counts[m_report].refused;
        return;
    }
    const std::uint32_t client = m_rows.client_number(client_id);
    PartitionRows& partition = m_rows.partitions[m_rows.partition_of_client[client]][index_of(*table.kind)];
    m_row = partition.rows.room(row_size, m_rows.slab);
    read_fields(table, cells);
    const std::string_view id = table.record ? checked_id(*table.record, cells) : std::string_view{};
    if (!m_refused) return keep(table, client, partition, id);
    ++m_rows.counts[m_report].refused;
    ++m_rows.refused_of_client[client];
}

inline bool RowReader::recall(const FieldPlan& plan, std::string_view text) {
    const Remembered& before = m_remembered[plan.memory];
    if (!same_bytes(before.text, text)) return false;
    std::memcpy(m_row + plan.offset, &before.value, plan.width);
    return true;
}

inline void RowReader::remember(const FieldPlan& plan, std::string_view text, std::uint32_t value) {
    const auto place = static_cast<std::size_t>(text.data() - m_segment_bytes.data());
    if (place < m_segment_bytes.size()) m_remembered[plan.memory] = {text, value};
}

void RowReader::read_fields(const TablePlan& table, std::span<const Cell> cells) {
    std::memcpy(m_row, table.layout->nothing.data(), table.layout->size());
    for (const FieldPlan& plan : table.fields) {
        const std::string_view text = cell_text(plan, cells);
        if (means_nothing(text)) {
            if (plan.required == Required::no) continue;
            raise(Rule::row_required_empty, plan.column);
            m_refused = true;
            continue;
        }
        if (!plan.remembers || !recall(plan, text)) set_cell(table, plan, text);
    }
    if (table.ml_column != no_column) set_volume_dose(table, cells);
    check_row(table, cells);
}

void RowReader::keep(const TablePlan& table, std::uint32_t client, PartitionRows& partition,
                     std::string_view id) {
    if (table.record && m_ids.report == m_report) m_ids.note(id);
    const RowHead head{client,
                       m_line,
                       static_cast<std::uint32_t>(partition.ids.size()),
                       static_cast<std::uint8_t>(id.size()),
                       m_report,
                       m_rows.thread};
    partition.ids.append(id);
    std::memcpy(m_row, &head, sizeof head);
    partition.rows.commit(table.layout->size());
    ++m_rows.rows_of_client[client][index_of(*table.kind)];
}

inline void RowReader::set_cell(const TablePlan& table, const FieldPlan& plan, std::string_view text) {
    switch (plan.kind) {
    case FieldKind::day:
        return set_day(plan, text);
    case FieldKind::code: {
        const auto code = plan.codes->read(text);
        if (!code) return set_unlisted(table, plan);
        remember(plan, text, *code);
        return put(plan.offset, *code);
    }
    case FieldKind::flag:
        if (same_bytes(text, "true")) return put(plan.offset, Flag::yes);
        if (same_bytes(text, "false")) return put(plan.offset, Flag::no);
        return raise(Rule::cell_flag, plan.column);
    case FieldKind::dose:
        return set_dose(table, plan, text);
    case FieldKind::text:
        return set_text(plan, text);
    case FieldKind::service:
        return set_service(plan, text);
    case FieldKind::count:
        return set_count(plan, text);
    case FieldKind::client:
    case FieldKind::record:
        OPTIMAT_CHECK(false, "ids are read apart");
    }
}

void RowReader::set_unlisted(const TablePlan& table, const FieldPlan& plan) {
    if (plan.code_list->unlisted == 0) return raise(Rule::cell_code, plan.column);
    raise(table.kind == TableKind::events ? Rule::event_kind_not_listed
                                          : Rule::prescription_medicine_not_listed,
          plan.column);
    put(plan.offset, plan.code_list->unlisted);
}

void RowReader::set_text(const FieldPlan& plan, std::string_view text) {
    if (text.size() > longest_text) return raise(Rule::cell_text_too_long, plan.column);
    const std::uint32_t number = m_rows.texts.number_of(text) + 1;
    remember(plan, text, number);
    put(plan.offset, TextRef{number});
}

void RowReader::set_service(const FieldPlan& plan, std::string_view text) {
    if (text.size() > longest_id) {
        raise(Rule::cell_id_too_long, plan.column);
        m_refused |= plan.required == Required::yes;
        return;
    }
    // More services than an extract may have are refused when they are merged.
    const std::size_t number =
        std::min<std::size_t>(m_rows.services.number_of(text), ServiceIndex::limit - 1);
    remember(plan, text, static_cast<std::uint32_t>(number));
    put(plan.offset, ServiceIndex{number});
}

inline void RowReader::set_day(const FieldPlan& plan, std::string_view text) {
    if (m_plan.date_form == DateForm::year_month_day) [[likely]] {
        const auto day = read_iso_day(text);
        if (day) [[likely]]
            return put(plan.offset, OptionalDay{*day});
    }
    set_other_day(plan, text);
}

void RowReader::set_other_day(const FieldPlan& plan, std::string_view text) {
    const auto day = read_day(text, m_plan.date_form);
    if (day) return put(plan.offset, OptionalDay{*day});
    refuse_day(plan, text);
}

/// A day that cannot be read in the file's form: one written in another form, or none at all.
void RowReader::refuse_day(const FieldPlan& plan, std::string_view text) {
    const bool other_form = read_day(text, DateForm::year_month_day) ||
                            read_day(text, DateForm::day_month_year_slashes) ||
                            read_day(text, DateForm::compact);
    raise(other_form ? Rule::cell_date_form : Rule::cell_date, plan.column);
    m_refused = true;
}

void RowReader::set_dose(const TablePlan& table, const FieldPlan& plan, std::string_view text) {
    const auto dose = read_dose(text);
    if (!dose) return raise(Rule::cell_dose, plan.column);
    const bool target =
        table.kind == TableKind::prescriptions && plan.field == index_of(PrescriptionField::target_dose_mg);
    // A plan may aim at 0 mg; a prescribed dose may not be zero.
    if (dose->number < 0 || (dose->number == 0 && !target))
        return raise(Rule::cell_dose_not_above_zero, plan.column);
    remember(plan, text, static_cast<std::uint32_t>(dose->number));
    put(plan.offset, OptionalDose{*dose});
}

void RowReader::set_count(const FieldPlan& plan, std::string_view text) {
    const auto number = read_whole_number(text);
    if (!number) return raise(Rule::cell_number, plan.column);
    if (*number < plan.minimum || *number > plan.maximum) return raise(Rule::cell_range, plan.column);
    put(plan.offset, OptionalCount{static_cast<std::int16_t>(*number)});
}

/// A dose given as millilitres and strength. Milligrams win when both are given.
void RowReader::set_volume_dose(const TablePlan& table, std::span<const Cell> cells) {
    const std::uint16_t offset = table.layout->offsets[index_of(PrescriptionField::daily_dose_mg)];
    const std::string_view volume_text = cleaned(cells[table.ml_column].view(), table.ml_column);
    if (means_nothing(volume_text)) return;
    const auto volume = parse_millionths(volume_text);
    if (!volume) return raise(Rule::cell_dose, table.ml_column);
    if (*volume <= 0) return raise(Rule::cell_dose_not_above_zero, table.ml_column);
    std::string_view strength_text;
    if (table.strength_column != no_column)
        strength_text = cleaned(cells[table.strength_column].view(), table.strength_column);
    if (means_nothing(strength_text)) return raise(Rule::cell_ml_without_strength, table.ml_column);
    const auto strength = parse_millionths(strength_text);
    if (!strength) return raise(Rule::cell_dose, table.strength_column);
    if (*strength <= 0) return raise(Rule::cell_dose_not_above_zero, table.strength_column);
    __extension__ using Wide = __int128;
    const Wide micrograms = (static_cast<Wide>(*volume) * *strength + 500'000'000) / 1'000'000'000;
    if (micrograms > largest_dose.number) return raise(Rule::cell_dose, table.ml_column);
    if (micrograms == 0) return raise(Rule::cell_dose_not_above_zero, table.ml_column);
    const Micrograms dose{static_cast<std::int64_t>(micrograms)};
    const auto given = get<OptionalDose>(table, index_of(PrescriptionField::daily_dose_mg));
    if (!given) return put(offset, OptionalDose{dose});
    if (*given != dose) raise(Rule::prescription_dose_disagrees, table.ml_column);
}

void RowReader::check_row(const TablePlan& table, std::span<const Cell> cells) {
    switch (*table.kind) {
    case TableKind::prescriptions:
        return check_prescription(table, cells);
    case TableKind::episodes: {
        const auto start = get<OptionalDay>(table, index_of(EpisodeField::start_date));
        const auto end = get<OptionalDay>(table, index_of(EpisodeField::end_date));
        if (!start || !end || *end >= *start) return;
        raise(Rule::row_end_before_start, column_of(table, index_of(EpisodeField::end_date)));
        m_refused = true;
        return;
    }
    case TableKind::tops:
        return check_top(table);
    default:
        return;
    }
}

void RowReader::check_prescription(const TablePlan& table, std::span<const Cell>) {
    const auto start = get<OptionalDay>(table, index_of(PrescriptionField::start_date));
    const auto end = get<OptionalDay>(table, index_of(PrescriptionField::end_date));
    if (!start) return;
    if (end && *end < *start) {
        raise(Rule::row_end_before_start, column_of(table, index_of(PrescriptionField::end_date)));
        m_refused = true;
        return;
    }
    if (end && *end < m_context.covers_from)
        raise(Rule::prescription_before_period, column_of(table, index_of(PrescriptionField::end_date)));
    if (*start > m_context.covers_to)
        raise(Rule::prescription_after_period, column_of(table, index_of(PrescriptionField::start_date)));
    const auto dose = get<OptionalDose>(table, index_of(PrescriptionField::daily_dose_mg));
    const Family family = family_of(get<Medicine>(table, index_of(PrescriptionField::medicine)));
    if (!dose || family == Family::not_mat) return;
    const auto& plausible = m_context.policy->family(family).plausible;
    if (plausible && (*dose < plausible->lowest || *dose > plausible->highest))
        raise(Rule::prescription_dose_implausible,
              column_of(table, index_of(PrescriptionField::daily_dose_mg)));
}

void RowReader::check_top(const TablePlan& table) {
    const auto injecting = get<OptionalCount>(table, index_of(TopField::injecting_days));
    if (injecting && *injecting == 0 && get<Flag>(table, index_of(TopField::sharing)) == Flag::yes)
        raise(Rule::top_sharing_without_injecting, column_of(table, index_of(TopField::sharing)));
}

void RowReader::read_service(const TablePlan& table, std::span<const Cell> cells) {
    m_refused = false;
    Service service;
    std::string* const texts[] = {&service.service_id, &service.name,        &service.region,
                                  &service.area,       &service.merged_into, &service.peer_group};
    constexpr ServiceField text_fields[] = {ServiceField::service_id,  ServiceField::name,
                                            ServiceField::region,      ServiceField::area,
                                            ServiceField::merged_into, ServiceField::peer_group};
    for (const FieldPlan& plan : table.fields) {
        const auto field = static_cast<ServiceField>(plan.field);
        const std::string text{field == ServiceField::service_id ? checked_id(plan, cells)
                                                                 : cell_text(plan, cells)};
        if (means_nothing(text)) {
            if (plan.required == Required::yes && field != ServiceField::service_id) {
                raise(Rule::row_required_empty, plan.column);
                m_refused = true;
            }
            continue;
        }
        const auto at = std::ranges::find(text_fields, field);
        if (at != std::end(text_fields)) {
            if (text.size() > longest_text)
                raise(Rule::cell_text_too_long, plan.column);
            else
                *texts[at - std::begin(text_fields)] = text;
        } else if (field == ServiceField::kind) {
            const auto code = plan.codes->read(text);
            if (code)
                service.kind = static_cast<ServiceKind>(*code);
            else
                raise(Rule::cell_code, plan.column);
        } else {
            const auto day = read_day(text, m_plan.date_form);
            OptionalDay& target = field == ServiceField::prescribing_from ? service.prescribing_from
                                  : field == ServiceField::opened         ? service.opened
                                                                          : service.closed;
            if (day)
                target = *day;
            else
                refuse_day(plan, text);
        }
    }
    if (m_refused)
        ++m_rows.counts[m_report].refused;
    else
        m_rows.service_rows.push_back({std::move(service), m_report, m_line});
}

}  // namespace optimat
