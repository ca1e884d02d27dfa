-- The cells of people as they stand: tracker, doses, supervision, naloxone, change in use on top.

-- By client and month end: whether naloxone was supplied in the 24 months up to it.
CREATE TEMP TABLE supplied AS
WITH days AS (
  SELECT client, date, lead(date) OVER (PARTITION BY client ORDER BY date) AS next_date
  FROM events WHERE kind = 'naloxone_supplied'),
spread AS (
  SELECT client, date, unnest(range(first_month_end(date), least(month_number(date) + 25,
           coalesce(month_number(next_date), getvariable('last_month') + 1), getvariable('last_month') + 1)))::INTEGER AS month
  FROM days)
SELECT s.client, s.month FROM spread AS s JOIN months AS m USING (month)
WHERE s.date > (m.as_at - INTERVAL 24 MONTH)::DATE;

-- By client and month end: the latest review or exit profile then.
CREATE TEMP TABLE profiles AS
SELECT client, date, stage, opiate_days, position FROM tops
WHERE opiate_days IS NOT NULL AND setting IS DISTINCT FROM 'secure' AND stage IN ('start', 'review', 'exit');

CREATE TEMP TABLE reviews AS
WITH ordered AS (
  SELECT client, date, opiate_days, lead(date) OVER (PARTITION BY client ORDER BY position) AS next_date
  FROM profiles WHERE stage <> 'start')
SELECT client, date, opiate_days,
       unnest(range(first_month_end(date), least(coalesce(month_number(next_date), getvariable('last_month') + 1),
                                                 getvariable('last_month') + 1)))::INTEGER AS month
FROM ordered;

-- By client and month end: the start profile nearest to the start of the latest journey, of those dated by then.
CREATE TEMP TABLE starts AS
WITH journeys AS (
  SELECT client, journey_start, coalesce(lead(journey_start) OVER (PARTITION BY client ORDER BY journey_start), no_end())
           AS next_journey_start
  FROM (SELECT DISTINCT client, journey_start FROM journey_episodes)),
candidates AS (
  SELECT j.client, j.journey_start, j.next_journey_start, p.date, p.opiate_days, p.position,
         abs(p.date - j.journey_start)::BIGINT << 32 | (4294967295 - p.position) AS distance
  FROM journeys AS j JOIN profiles AS p ON p.client = j.client
    AND p.date >= j.journey_start - 28 AND p.date < j.next_journey_start
  WHERE p.stage = 'start'),
nearest AS (
  SELECT client, journey_start, date,
         arg_min(date, distance) OVER so_far AS chosen_date, arg_min(opiate_days, distance) OVER so_far AS opiate_days,
         least(lead(date) OVER (PARTITION BY client, journey_start ORDER BY position), next_journey_start) AS until
  FROM candidates
  WINDOW so_far AS (PARTITION BY client, journey_start ORDER BY position ROWS UNBOUNDED PRECEDING))
SELECT client, chosen_date AS date, opiate_days,
       unnest(range(first_month_end(greatest(date, journey_start)),
                    least(month_number(until), getvariable('last_month') + 1)))::INTEGER AS month
FROM nearest;

-- Everybody in MAT, counted by all that the measures ask for.
CREATE TEMP TABLE standing AS
SELECT p.as_at, p.service_id AS service, p.stage, p.cohort, p.medicine, p.dose_mg IS NOT NULL AS dose_known,
       s.client IS NOT NULL AS supplied,
       CASE WHEN r.client IS NULL OR b.client IS NULL THEN 'not_known'
            WHEN b.opiate_days = 0 THEN CASE WHEN r.opiate_days = 0 THEN 'none_then_or_now' ELSE 'started_using' END
            WHEN r.opiate_days = 0 THEN 'abstinent' WHEN r.opiate_days < b.opiate_days THEN 'less'
            WHEN r.opiate_days > b.opiate_days THEN 'more' ELSE 'same' END AS change,
       count(*) AS people, coalesce(sum(round(p.dose_mg * 1000)::BIGINT), 0) AS dose
FROM states AS p JOIN months AS m USING (as_at)
LEFT JOIN supplied AS s ON s.client = p.client_id AND s.month = m.month
LEFT JOIN starts AS b ON b.client = p.client_id AND b.month = m.month
LEFT JOIN reviews AS r ON r.client = p.client_id AND r.month = m.month AND r.date > b.date
  AND r.date > (m.as_at - INTERVAL 6 MONTH)::DATE
GROUP BY ALL;

CREATE TEMP MACRO tracker_group(stage, cohort) AS
  coalesce(cohort::VARCHAR, CASE stage WHEN 'MAT1' THEN 'mat1' WHEN 'MAT2' THEN 'mat2_unbanded'
                            WHEN 'MAT3' THEN 'mat3_unbanded' WHEN 'MAT4' THEN 'mat4' ELSE 'uncategorised' END);

INSERT INTO cells
SELECT 'tracker', as_at, service, tracker_group(stage, cohort), sum(people), 0 FROM standing GROUP BY ALL;

INSERT INTO cells
WITH asked AS (
  SELECT *, medicine::VARCHAR = of_family AND dose_known AS has_dose
  FROM standing CROSS JOIN (VALUES ('methadone'), ('buprenorphine')) AS families(of_family))
SELECT of_family || '_dose', as_at, service, CASE WHEN has_dose THEN tracker_group(stage, cohort) ELSE 'other' END,
       sum(people), sum(CASE WHEN has_dose THEN dose ELSE 0 END)
FROM asked GROUP BY ALL;

INSERT INTO cells
SELECT 'naloxone', as_at, service,
       CASE WHEN stage = 'MAT2' THEN 'mat2' ELSE 'other' END || CASE WHEN supplied THEN '_supplied' ELSE '_not_supplied' END,
       sum(people), 0
FROM standing GROUP BY ALL;

INSERT INTO cells
SELECT 'change_in_use', as_at, service, change, sum(people), 0 FROM standing GROUP BY ALL;

INSERT INTO cells
SELECT 'supervision', m.as_at, c.service,
       CASE WHEN is_injection(c.family) THEN 'injection' ELSE p.supervised::VARCHAR END, count(*), 0
FROM current AS c JOIN prescriptions AS p ON p.rowid = c.prescription JOIN months AS m USING (month) GROUP BY ALL;
