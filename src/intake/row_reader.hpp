#pragma once
// One segment's rows → raw rows, issues and counts, by the file's plan. The inner loop of intake.

#include "base/day.hpp"
#include "intake/csv.hpp"
#include "intake/plan.hpp"
#include "intake/row_store.hpp"
#include "model/policy.hpp"

namespace optimat {

/// What rows are checked against beside their plan.
struct ReadingContext {
    Day covers_from, covers_to;
    const Policy* policy;
};

class RowReader {
  public:
    RowReader(const FilePlan& plan, const ReadingContext& context, ThreadRows& rows);
    /// Reads all rows of the segment into the thread's rows.
    void read(const Segment& segment);

  private:
    void read_row(std::span<const Cell> cells);
    void read_table(const TablePlan& table, std::span<const Cell> cells);
    void read_service(const TablePlan& table, std::span<const Cell> cells);
    bool applies(const TablePlan& table, std::span<const Cell> cells);
    void refuse_row(Rule rule);
    std::string_view cell_text(const FieldPlan& plan, std::span<const Cell> cells);
    std::string_view transformed(const FieldPlan& plan, std::span<const Cell> cells);
    std::string_view cleaned(std::string_view text, std::uint16_t column);
    std::string_view uncommon(std::string_view text, std::uint16_t column);
    std::string_view untrimmed(std::string_view text, std::uint16_t column);
    bool means_nothing(std::string_view text) const;
    void set_cell(const TablePlan& table, const FieldPlan& plan, std::string_view text);
    void set_unlisted(const TablePlan& table, const FieldPlan& plan);
    void set_text(const FieldPlan& plan, std::string_view text);
    void set_service(const FieldPlan& plan, std::string_view text);
    void set_day(const FieldPlan& plan, std::string_view text);
    void set_other_day(const FieldPlan& plan, std::string_view text);
    void refuse_day(const FieldPlan& plan, std::string_view text);
    void set_dose(const TablePlan& table, const FieldPlan& plan, std::string_view text);
    void set_count(const FieldPlan& plan, std::string_view text);
    void set_volume_dose(const TablePlan& table, std::span<const Cell> cells);
    std::string_view checked_id(const FieldPlan& plan, std::span<const Cell> cells);
    void check_row(const TablePlan& table, std::span<const Cell> cells);
    void check_prescription(const TablePlan& table, std::span<const Cell> cells);
    void check_top(const TablePlan& table);
    void read_fields(const TablePlan& table, std::span<const Cell> cells);
    void keep(const TablePlan& table, std::uint32_t client, PartitionRows& partition, std::string_view id);
    void raise(Rule rule, std::uint16_t column);
    template <class Value> void put(std::uint16_t offset, Value value);
    template <class Value> Value get(const TablePlan& table, std::size_t field) const;
    std::uint16_t column_of(const TablePlan& table, std::size_t field) const;

    /// The cell before in the same column and what it meant: rows of one client repeat most of their codes,
    /// services, prescribers and doses. Only cells that stand as they are in the segment are remembered.
    struct Remembered {
        std::string_view text;
        std::uint32_t value = 0;
    };
    bool recall(const FieldPlan& plan, std::string_view text);
    void remember(const FieldPlan& plan, std::string_view text, std::uint32_t value);

    const FilePlan& m_plan;
    const ReadingContext& m_context;
    ThreadRows& m_rows;
    std::byte* m_row = nullptr;        ///< the raw row being filled
    std::vector<std::byte> m_nobodys;  ///< room for a row whose client is not known
    std::string m_decoded, m_joined, m_constant;
    std::vector<Remembered> m_remembered;  ///< by FieldPlan::memory
    std::string_view m_segment_bytes;
    SegmentIds m_ids;
    std::uint32_t m_line = 0;
    std::uint8_t m_report = 0;
    bool m_refused = false;
    bool m_unsafe_bytes = false;  ///< the segment holds bytes of 0x80 and above or control characters
};

}  // namespace optimat
