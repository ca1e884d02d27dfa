-- What everybody takes on every day (dose/current), in pieces of days on which nothing changes. After states.sql.

CREATE TEMP TABLE untold_periods AS
WITH periods AS (
  SELECT client, first_day AS period_start, least(told_from - 1, covered_to) AS period_end
  FROM segments WHERE told_from > first_day
  UNION ALL
  SELECT client, told_to + 1, least(segment_end, covered_to) FROM segments WHERE told_to < segment_end)
FROM periods WHERE period_start <= period_end;

CREATE TEMP TABLE untold_cover AS  -- all of the clients who have such days
SELECT client, prescription, service, family, dose, regime, first_day, last_day
FROM segments WHERE client IN (SELECT client FROM untold_periods);

-- Nothing starts within a period: it changes only when an older cover ends.
CREATE TEMP TABLE untold_starts AS
WITH cuts AS (
  SELECT client, period_start, period_end, period_start AS day FROM untold_periods
  UNION
  SELECT u.client, u.period_start, u.period_end, s.last_day + 1
  FROM untold_periods AS u JOIN untold_cover AS s ON s.client = u.client AND s.first_day <= u.period_start
    AND s.last_day >= u.period_start AND s.last_day < u.period_end)
SELECT client, day AS piece_start,
       coalesce(lead(day) OVER (PARTITION BY client, period_start ORDER BY day) - 1, period_end) AS piece_end
FROM cuts;

CREATE TEMP TABLE untold_pieces AS
WITH active AS (
  SELECT b.piece_start, b.piece_end, s.client, s.prescription, s.service, s.family, s.dose, s.regime, s.first_day,
         bool_or(is_injection(s.family)) OVER (PARTITION BY b.client, b.piece_start) AS injected
  FROM untold_starts AS b JOIN untold_cover AS s
    ON s.client = b.client AND s.first_day <= b.piece_start AND s.last_day >= b.piece_start),
latest AS (
  SELECT * FROM active WHERE NOT (injected AND is_replaced_by_injection(family))
  QUALIFY first_day = max(first_day) OVER (PARTITION BY client, piece_start)),
counted AS (SELECT * FROM latest QUALIFY family = min(family) OVER (PARTITION BY client, piece_start))
SELECT c.client, c.piece_start AS first_day, any_value(c.piece_end) AS last_day,
       arg_max(c.prescription, p.prescription_id) AS prescription, arg_max(c.service, p.prescription_id) AS service,
       any_value(c.family) AS family, CASE WHEN count(c.dose) = count(*) THEN sum(c.dose)::INTEGER END AS dose,
       nullif(arg_max(coalesce(c.regime::VARCHAR, ''), p.prescription_id), '')::regime_key AS regime
FROM counted AS c JOIN prescriptions AS p ON p.rowid = c.prescription GROUP BY c.client, c.piece_start;

CREATE TEMP TABLE pieces AS
SELECT client, told_from AS first_day, least(told_to, last_day) AS last_day, prescription, service, family, dose, regime
FROM segments WHERE told_from <= least(told_to, last_day) AND told_from <= (SELECT max(as_at) FROM months)
UNION ALL
FROM untold_pieces WHERE first_day <= (SELECT max(as_at) FROM months);
