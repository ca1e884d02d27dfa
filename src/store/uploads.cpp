#include "store/uploads.hpp"

#include "base/error.hpp"
#include "store/database.hpp"
#include "store/secrets.hpp"
#include "store/stored_texts.hpp"

#include <array>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::array<std::string_view, 8> stage_texts = {"receiving", "checking", "checked", "importing",
                                                         "imported",  "refused",  "failed",  "given_up"};
constexpr std::size_t reference_size = 16;
constexpr std::string_view columns =
    "reference, user_number, begun_at, changed_at, stage, bytes, bytes_expected, "
    "done, all_to_do, source, folder, message, report, snapshot_id, process";

Upload upload_of(const Statement& row) {
    const auto stage = value_of<UploadStage>(stage_texts, row.text(4));
    if (!stage) throw StoreError("the store is damaged: an upload is at no known stage; restore a backup");
    const auto text = [&](int column) { return std::string(row.text(column)); };
    return {text(0),        row.integer(1), text(2),        row.integer(3), *stage,
            row.integer(5), row.integer(6), row.integer(7), row.integer(8), text(9),
            text(10),       text(11),       text(12),       text(13),       text(14)};
}

}  // namespace

std::string_view text_of(UploadStage stage) { return stage_texts[static_cast<std::size_t>(stage)]; }

Upload add_upload(Database& database, const Upload& upload) {
    Upload added = upload;
    if (added.reference.empty()) added.reference = random_text(reference_size);
    Statement(
        database,
        fmt::format("INSERT INTO upload ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", columns))
        .run(added.reference, added.user, added.begun_at, added.changed_at, text_of(added.stage), added.bytes,
             added.bytes_expected, added.done, added.all, added.source, added.folder, added.message,
             added.report, added.snapshot_id, added.process);
    return added;
}

std::optional<Upload> find_upload(Database& database, std::string_view reference) {
    Statement row(database, fmt::format("SELECT {} FROM upload WHERE reference = ?", columns));
    row.start(reference);
    if (!row.next()) return std::nullopt;
    return upload_of(row);
}

std::vector<Upload> list_uploads(Database& database, int most) {
    std::vector<Upload> uploads;
    Statement row(database, fmt::format("SELECT {} FROM upload ORDER BY number DESC LIMIT ?", columns));
    for (row.start(std::int64_t{most}); row.next();)
        uploads.push_back(upload_of(row));
    return uploads;
}

bool change_upload(Database& database, const Upload& upload, UploadStage was) {
    Statement row(
        database,
        "UPDATE upload SET changed_at = ?, stage = ?, bytes = ?, bytes_expected = ?, done = ?, "
        "all_to_do = ?, source = ?, folder = ?, message = ?, report = ?, snapshot_id = ?, process = ? "
        "WHERE reference = ? AND stage = ? RETURNING number");
    row.start(upload.changed_at, text_of(upload.stage), upload.bytes, upload.bytes_expected, upload.done,
              upload.all, upload.source, upload.folder, upload.message, upload.report, upload.snapshot_id,
              upload.process, upload.reference, text_of(was));
    return row.next();
}

}  // namespace optimat
