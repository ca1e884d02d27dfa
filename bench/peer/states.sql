-- The person-month states of the rules in DuckDB SQL, made fast.
--
-- In:  services, prescriptions, episodes, events, tops, screens (see tables.sql) and the variables covers_from (date),
--      first_month and last_month (month numbers, see below).
-- Out: table states, one row a client in MAT and month end, in the columns of `optimat states`.
--
-- What makes it fast: no person-month is ever joined to all prescriptions or all evidence of its client. A client's
-- prescriptions, in order of start, cut time into segments from a start to the day before the next. On most days the
-- prescription that opens the segment alone tells medicine and dose; such days go straight to the month ends among
-- them. Only the others (several starts on a day, older cover that outlasts a newer one, tablets beside an injection)
-- are worked out from all prescriptions of the client. All that follows are joins on equal client and month.

-- Months are numbered year * 12 + month - 1, so that neighbours differ by one. The months asked for that end in a
-- period are those from first_month_end on and before after_month_ends.
CREATE TEMP MACRO month_number(day) AS (year(day) * 12 + month(day) - 1)::INTEGER;
CREATE TEMP MACRO first_month_end(first_day) AS greatest(month_number(first_day), getvariable('first_month'));
CREATE TEMP MACRO after_month_ends(last_day) AS least(month_number(last_day + 1), getvariable('last_month') + 1);
CREATE TEMP MACRO no_end() AS DATE '9999-12-31';
CREATE TEMP MACRO day_number(day) AS (day - DATE '1900-01-01')::INTEGER;
CREATE TEMP MACRO day_of(number) AS DATE '1900-01-01' + number;
CREATE TEMP MACRO is_injection(family) AS family IN ('buprenorphine_weekly', 'buprenorphine_monthly', 'buprenorphine_sublocade');
CREATE TEMP MACRO is_replaced_by_injection(family) AS family IN ('buprenorphine', 'buprenorphine_lyophilisate');

CREATE TYPE family_key AS ENUM (  -- in the order of dose/current
  'methadone', 'buprenorphine', 'buprenorphine_lyophilisate', 'buprenorphine_weekly', 'buprenorphine_monthly',
  'buprenorphine_sublocade', 'other');

CREATE TEMP TABLE medicines AS  -- gap: days without cover tolerated after it
SELECT medicine::medicine_key AS medicine, family::family_key AS family, gap FROM (VALUES
  ('methadone', 'methadone', 4), ('buprenorphine', 'buprenorphine', 4), ('buprenorphine_naloxone', 'buprenorphine', 4),
  ('buprenorphine_lyophilisate', 'buprenorphine_lyophilisate', 4), ('buprenorphine_weekly', 'buprenorphine_weekly', 4),
  ('buprenorphine_monthly', 'buprenorphine_monthly', 7), ('buprenorphine_sublocade', 'buprenorphine_sublocade', 14),
  ('morphine_sr', 'other', 4), ('dihydrocodeine', 'other', 4), ('diamorphine', 'other', 4)
) AS listed(medicine, family, gap);

CREATE TEMP TABLE families AS  -- micrograms
SELECT family::family_key AS family, threshold, tolerance FROM (VALUES
  ('methadone', 60000, 1000), ('buprenorphine', 12000, 400), ('buprenorphine_lyophilisate', 10000, 400),
  ('buprenorphine_weekly', 24000, 8000), ('buprenorphine_monthly', 96000, 32000),
  ('buprenorphine_sublocade', 100000, NULL), ('other', NULL, NULL)
) AS listed(family, threshold, tolerance);

CREATE TEMP TABLE months AS
SELECT month::INTEGER AS month, last_day(make_date(month // 12, month % 12 + 1, 1)) AS as_at,
       (as_at - INTERVAL 3 MONTH)::DATE AS evidence_after
FROM range(getvariable('first_month'), getvariable('last_month') + 1) AS listed(month);

-- cover/death
CREATE TEMP TABLE deaths AS
SELECT client, min(day) AS death
FROM (SELECT client, date AS day FROM events WHERE kind = 'death'
      UNION ALL SELECT client, end_date FROM episodes WHERE died AND end_date IS NOT NULL)
GROUP BY client;

-- cover/effective-end of the prescriptions without an end
CREATE TEMP TABLE open_ends AS
WITH open AS (SELECT rowid AS prescription, client, service, start_date FROM prescriptions WHERE end_date IS NULL),
next_start AS (SELECT prescription, min(p.start_date) - 1 AS last_day
               FROM prescriptions AS p JOIN open USING (client, service) WHERE p.start_date > open.start_date
               GROUP BY prescription),
discharge AS (SELECT prescription, min(e.end_date) AS last_day
              FROM episodes AS e JOIN open USING (client, service) WHERE e.end_date >= open.start_date
              GROUP BY prescription)
SELECT prescription, least(next_start.last_day, discharge.last_day, no_end()) AS last_day
FROM open LEFT JOIN next_start USING (prescription) LEFT JOIN discharge USING (prescription);

-- Every prescription with its segment (first_day to segment_end; nothing if another starts the same day and comes
-- after it), and the days of the segment, told_from to told_to, on which it alone tells what the client takes.
-- reach: the last day covered and the gap tolerated after it in one number; ended: the greatest of those before.
CREATE TEMP TABLE segments AS
WITH cover AS (
  SELECT p.rowid::INTEGER AS prescription, client, service, family, dose, start_date AS first_day,
         day_number(least(coalesce(p.end_date, o.last_day), death)) * 16 + gap AS reach,
         CASE WHEN target_dose_mg = 0 AND target_date IS NOT NULL THEN 'planned' ELSE regime END AS regime
  FROM prescriptions AS p JOIN medicines USING (medicine)
  LEFT JOIN open_ends AS o ON o.prescription = p.rowid LEFT JOIN deaths USING (client)
  WHERE death IS NULL OR p.start_date <= death),
ordered AS (
  SELECT *, lag(first_day) OVER starts AS previous_start, lead(first_day) OVER starts AS next_start,
         max(reach) OVER (PARTITION BY client ORDER BY first_day
                          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended
  FROM cover WINDOW starts AS (PARTITION BY client ORDER BY first_day)),
days AS (
  SELECT *, day_of(reach // 16) AS last_day, coalesce(next_start - 1, no_end()) AS segment_end,
         day_of(ended // 16) AS ended_day, coalesce(first_day IN (previous_start, next_start), false) AS shares_start
  FROM ordered)
SELECT prescription, client, service, family, dose, regime, first_day, last_day, segment_end, shares_start,
       ended IS NULL OR first_day > ended_day + 1 + ended % 16 AS opens_spell,
       greatest(last_day, ended_day) AS covered_to,
       CASE WHEN shares_start OR (is_replaced_by_injection(family) AND ended_day >= last_day)
            THEN segment_end + 1
            WHEN is_replaced_by_injection(family) AND ended_day >= first_day THEN least(ended_day, segment_end) + 1
            ELSE first_day END AS told_from,
       CASE WHEN ended_day >= last_day AND told_from <= segment_end THEN least(last_day, segment_end)
            ELSE segment_end END AS told_to
FROM days;

-- cover/spell: where each begins; the next one's start ends its reach
CREATE TEMP TABLE spells AS
WITH opening AS (
  SELECT client, first_day, service FROM segments WHERE opens_spell AND NOT shares_start
  UNION ALL
  SELECT s.client, s.first_day, arg_min(s.service, p.prescription_id)
  FROM segments AS s SEMI JOIN (FROM segments WHERE opens_spell AND shares_start) AS o USING (client, first_day)
  JOIN prescriptions AS p ON p.rowid = s.prescription WHERE s.shares_start GROUP BY s.client, s.first_day)
SELECT o.client, o.first_day AS spell_start,
       lead(o.first_day, 1, no_end()) OVER (PARTITION BY o.client ORDER BY o.first_day) AS next_spell_start,
       o.first_day <= getvariable('covers_from') + 4
         OR coalesce(o.first_day <= s.prescribing_from + 4, false)
         OR EXISTS (FROM episodes AS e WHERE e.client = o.client AND e.service = o.service AND e.on_mat_at_start
                    AND e.start_date BETWEEN o.first_day - 28 AND o.first_day
                    AND coalesce(e.end_date, no_end()) >= o.first_day) AS censored
FROM opening AS o LEFT JOIN services AS s USING (service);

-- Days that no prescription tells alone: month ends, and comparison days (28 days before; cover that ended up to 14
-- days before counts there, for gaps of that length may lie within a spell).
CREATE TEMP TABLE untold_days AS
WITH periods AS (
  SELECT client, first_day AS period_start, told_from - 1 AS period_end, covered_to FROM segments WHERE told_from > first_day
  UNION ALL
  SELECT client, told_to + 1, segment_end, covered_to FROM segments WHERE told_to < segment_end),
untold AS (
  SELECT client, false AS back, unnest(range(first_month_end(period_start), after_month_ends(least(period_end, covered_to)))) AS month FROM periods
  UNION ALL
  SELECT client, true, unnest(range(first_month_end(period_start + 28),
                                    after_month_ends(least(period_end, covered_to + 14) + 28))) FROM periods)
SELECT client, month::INTEGER AS month, back, CASE WHEN back THEN as_at - 28 ELSE as_at END AS day
FROM untold JOIN months USING (month);

CREATE TEMP TABLE untold_segments AS  -- all of the clients who have such days
SELECT s.client, s.prescription, s.service, s.family, s.dose, s.regime, s.first_day, s.last_day, p.prescription_id
FROM segments AS s JOIN prescriptions AS p ON p.rowid = s.prescription
WHERE s.client IN (SELECT client FROM untold_days) AND p.client IN (SELECT client FROM untold_days);

CREATE TEMP TABLE untold AS  -- dose/current from all prescriptions
WITH last_covered AS (
  SELECT u.client, u.month, u.back, u.day, max(least(s.last_day, u.day)) AS covered
  FROM untold_days AS u JOIN untold_segments AS s ON s.client = u.client AND s.first_day <= u.day GROUP BY ALL),
active AS (
  SELECT l.month, l.back, s.*, bool_or(is_injection(s.family)) OVER day AS injected
  FROM last_covered AS l JOIN untold_segments AS s
    ON s.client = l.client AND s.first_day <= l.covered AND s.last_day >= l.covered AND (l.back OR l.covered = l.day)
  WINDOW day AS (PARTITION BY l.client, l.month, l.back)),
latest AS (
  SELECT * FROM active WHERE NOT (injected AND is_replaced_by_injection(family))
  QUALIFY first_day = max(first_day) OVER (PARTITION BY client, month, back)),
counted AS (SELECT * FROM latest QUALIFY family = min(family) OVER (PARTITION BY client, month, back))
SELECT client, month, back, any_value(family) AS family, any_value(first_day) AS first_day,
       CASE WHEN count(dose) = count(*) THEN sum(dose)::INTEGER END AS dose,
       arg_max(prescription, prescription_id) AS prescription, arg_max(service, prescription_id) AS service,
       arg_max(coalesce(regime::VARCHAR, ''), prescription_id) AS regime
FROM counted GROUP BY client, month, back;

-- Most periods hold one month end at most: only the others are spread over a list of months.
CREATE TEMP TABLE current AS
WITH told AS (
  SELECT client, first_month_end(told_from) AS month, after_month_ends(least(told_to, last_day)) AS after_month,
         prescription, service, family, dose, first_day, regime
  FROM segments)
SELECT * EXCLUDE (after_month) FROM told WHERE after_month = month + 1
UNION ALL
SELECT * EXCLUDE (after_month) REPLACE (unnest(range(month, after_month))::INTEGER AS month)
FROM told WHERE after_month > month + 1
UNION ALL
SELECT client, month, prescription, service, family, dose, first_day, nullif(regime, '')::regime_key
FROM untold WHERE NOT back;

-- regime/derived: medicine and dose on the comparison day
CREATE TEMP TABLE earlier AS
WITH told AS (
  SELECT client, first_month_end(told_from + 28) AS month,
         after_month_ends(least(told_to, last_day + 14) + 28) AS after_month, family, dose
  FROM segments)
SELECT * EXCLUDE (after_month) FROM told WHERE after_month = month + 1
UNION ALL
SELECT * EXCLUDE (after_month) REPLACE (unnest(range(month, after_month))::INTEGER AS month)
FROM told WHERE after_month > month + 1
UNION ALL
SELECT client, month, family, dose FROM untold WHERE back;

-- regime: where the run of a planned or recorded detox began
CREATE TEMP TABLE runs AS
WITH leaders AS (
  SELECT DISTINCT c.prescription, c.client, c.first_day, c.regime
  FROM current AS c WHERE c.regime IN ('planned', 'detox')),
earlier_starts AS (
  SELECT l.prescription, l.first_day AS leading_start, s.first_day, coalesce(s.regime = l.regime, false) AS alike
  FROM leaders AS l JOIN spells AS w ON w.client = l.client
    AND l.first_day >= w.spell_start AND l.first_day < w.next_spell_start
  JOIN segments AS s ON s.client = l.client AND s.first_day BETWEEN w.spell_start AND l.first_day),
broken AS (
  SELECT *, max(CASE WHEN NOT alike AND first_day < leading_start THEN first_day END) OVER (PARTITION BY prescription)
            AS broken_on
  FROM earlier_starts)
SELECT b.prescription, p.target_date, coalesce(p.plan_start, run_start) AS plan_start, run_start
FROM (SELECT prescription, min(first_day) AS run_start
      FROM broken WHERE alike AND (broken_on IS NULL OR first_day > broken_on) GROUP BY prescription) AS b
JOIN prescriptions AS p ON p.rowid = b.prescription;

-- evidence/on-top: for each month the latest evidence by its end, and the latest use by then
CREATE TEMP TABLE evidence AS
WITH dated AS (
  SELECT client, date AS day, opiate_days > 0 AS used
  FROM tops WHERE opiate_days IS NOT NULL AND stage IS DISTINCT FROM 'start' AND setting IS DISTINCT FROM 'secure'
  UNION ALL
  SELECT client, date, coalesce(illicit_opioid = 'positive', false) OR coalesce(fentanyl_or_nitazene = 'positive', false)
  FROM screens
  WHERE setting IS DISTINCT FROM 'secure'
    AND (illicit_opioid IN ('positive', 'negative') OR fentanyl_or_nitazene = 'positive')),
ordered AS (
  SELECT client, day, max(CASE WHEN used THEN day END) OVER by_day AS last_use, lead(day) OVER by_day AS next_day
  FROM dated WINDOW by_day AS (PARTITION BY client ORDER BY day))
SELECT client, day, last_use,
       unnest(range(greatest(month_number(day), getvariable('first_month')),
                    least(month_number(day) + 3, month_number(next_day) - 1, getvariable('last_month')) + 1))::INTEGER
         AS month
FROM ordered;

CREATE TYPE stage_key AS ENUM ('MAT1', 'MAT2', 'MAT3', 'MAT4', 'uncategorised');
CREATE TYPE cohort_key AS ENUM ('red', 'amber', 'green', 'grey');
CREATE TYPE band_key AS ENUM ('below', 'at_or_above', 'unknown');
CREATE TYPE state_regime_key AS ENUM ('reducing', 'static', 'increasing', 'detox', 'unknown');

CREATE TABLE states AS
WITH facts AS (
  SELECT m.as_at, c.client, c.service, c.family, c.dose, c.regime AS recorded,
         (m.as_at - w.spell_start)::INTEGER + 1 AS spell_day, w.censored,
         CASE WHEN c.dose IS NULL OR f.threshold IS NULL THEN 'unknown'::band_key
              WHEN c.dose < f.threshold THEN 'below'::band_key ELSE 'at_or_above'::band_key END AS band,
         CASE WHEN f.tolerance IS NULL OR c.dose IS NULL OR b.dose IS NULL OR b.family <> c.family
                OR m.as_at - 28 < w.spell_start THEN 'unknown'::state_regime_key
              WHEN c.dose - b.dose >= f.tolerance THEN 'increasing'::state_regime_key
              WHEN b.dose - c.dose >= f.tolerance THEN 'reducing'::state_regime_key
              ELSE 'static'::state_regime_key END AS derived,
         CASE WHEN e.day > m.evidence_after AND (w.censored OR e.day > w.spell_start)
              THEN coalesce(e.last_use > e.day - 28 AND e.last_use > m.evidence_after
                            AND (w.censored OR e.last_use > w.spell_start), false) END AS used,
         r.target_date, r.plan_start, r.run_start
  FROM current AS c JOIN months AS m USING (month) JOIN families AS f USING (family)
  JOIN spells AS w ON w.client = c.client AND c.first_day >= w.spell_start AND c.first_day < w.next_spell_start
  LEFT JOIN earlier AS b ON b.client = c.client AND b.month = c.month
  LEFT JOIN evidence AS e ON e.client = c.client AND e.month = c.month
  LEFT JOIN runs AS r ON r.prescription = c.prescription),
regimes AS (
  SELECT *, CASE recorded
    WHEN 'planned' THEN CASE WHEN target_date <= (plan_start + INTERVAL 3 MONTH)::DATE AND as_at <= target_date
                             THEN 'detox'::state_regime_key ELSE 'reducing'::state_regime_key END
    WHEN 'detox' THEN CASE WHEN as_at <= (run_start + INTERVAL 3 MONTH)::DATE
                           THEN 'detox'::state_regime_key ELSE 'reducing'::state_regime_key END
    WHEN 'stable' THEN CASE WHEN derived = 'reducing' THEN derived ELSE 'static'::state_regime_key END
    WHEN 'increasing' THEN 'increasing'::state_regime_key
    WHEN 'reducing' THEN 'reducing'::state_regime_key
    ELSE derived END AS regime
  FROM facts),
stages AS (
  SELECT *, CASE WHEN spell_day <= 28 AND NOT censored THEN 'MAT1'::stage_key
                 WHEN used THEN 'MAT2'::stage_key
                 WHEN regime = 'detox' THEN 'MAT4'::stage_key
                 WHEN NOT used THEN 'MAT3'::stage_key
                 ELSE 'uncategorised'::stage_key END AS stage
  FROM regimes)
SELECT as_at, client AS client_id, service AS service_id, stage,
       CASE stage WHEN 'MAT2' THEN CASE band WHEN 'below' THEN 'red'::cohort_key WHEN 'at_or_above' THEN 'amber'::cohort_key END
                  WHEN 'MAT3' THEN CASE band WHEN 'below' THEN 'grey'::cohort_key WHEN 'at_or_above' THEN 'green'::cohort_key END
       END AS cohort,
       family AS medicine, dose / 1000 AS dose_mg, band, regime, spell_day, censored::TINYINT AS spell_censored
FROM stages;
