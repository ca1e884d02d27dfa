-- The cells of harm: deaths and overdoses in the twelve months up to a date, and the days at risk.

-- The months before the dates cut time into spans: span k is what lies after bound k - 1, up to bound k. The window of
-- a date is the spans after `window_after` up to `span`.
CREATE TEMP TABLE windows AS
WITH bounds AS (
  SELECT day, row_number() OVER (ORDER BY day)::INTEGER AS span
  FROM (SELECT as_at AS day FROM months UNION SELECT (as_at - INTERVAL 12 MONTH)::DATE FROM months))
SELECT m.as_at, (m.as_at - INTERVAL 12 MONTH)::DATE AS window_after, b.span, a.span AS span_before
FROM months AS m JOIN bounds AS b ON b.day = m.as_at JOIN bounds AS a ON a.day = (m.as_at - INTERVAL 12 MONTH)::DATE;

CREATE TEMP TABLE spans AS
WITH bounds AS (SELECT as_at AS day, span FROM windows UNION SELECT window_after, span_before FROM windows)
SELECT span, day AS last_day, lag(day, 1) OVER (ORDER BY day) + 1 AS first_day FROM bounds;

CREATE TEMP TABLE span_of AS  -- of every day that is in a window
SELECT s.span, s.first_day, s.last_day, unnest(range(s.first_day::TIMESTAMP, (s.last_day + 1)::TIMESTAMP, INTERVAL 1 DAY))::DATE AS day
FROM spans AS s WHERE s.first_day IS NOT NULL;

-- Days after leaving, of a spell that has ended by `known_from`: what happens on the first day without cover happens in MAT.
CREATE TEMP TABLE leavings AS
SELECT client, service, last_day + 2 AS first_day, last_day + gap + 1 AS known_from,
       least(last_day + 28, next_spell_start - 1, death) AS last_day
FROM courses WHERE ended;

-- Days in MAT by whom they were led, by span.
CREATE TEMP TABLE days_in_mat AS
WITH clipped AS (
  SELECT client, service, greatest(first_day, (SELECT min(first_day) FROM spans)) AS first_day,
         least(last_day, getvariable('as_at')) AS last_day
  FROM pieces),
placed AS (
  SELECT c.client, c.service, c.first_day, c.last_day, f.span AS first_span, l.span AS last_span
  FROM clipped AS c JOIN span_of AS f ON f.day = c.first_day JOIN span_of AS l ON l.day = c.last_day
  WHERE c.first_day <= c.last_day),
spread AS (
  SELECT client, service, first_span AS span, last_day - first_day + 1 AS days FROM placed WHERE first_span = last_span
  UNION ALL
  SELECT p.client, p.service, s.span, least(p.last_day, s.last_day) - greatest(p.first_day, s.first_day) + 1
  FROM (SELECT client, service, first_day, last_day, unnest(range(first_span, last_span + 1))::INTEGER AS span
        FROM placed WHERE first_span < last_span) AS p
  JOIN spans AS s USING (span))
SELECT client, service, span, sum(days)::INTEGER AS days FROM spread GROUP BY client, service, span;

-- People are counted at the first span that brings them into a window, and no more while they stay in it.
INSERT INTO cells
WITH followed AS (
  SELECT service, span, lead(span) OVER (PARTITION BY client, service ORDER BY span) AS next_span FROM days_in_mat),
kinds AS (SELECT service, span, next_span, count(*) AS people FROM followed GROUP BY ALL),
people AS (
  SELECT w.as_at, k.service, sum(k.people) AS people
  FROM windows AS w JOIN kinds AS k ON k.span > w.span_before AND k.span <= w.span
    AND (k.next_span IS NULL OR k.next_span > w.span) GROUP BY ALL),
days AS (SELECT service, span, sum(days) AS days FROM days_in_mat GROUP BY ALL),
sums AS (
  SELECT w.as_at, d.service, sum(d.days) AS days
  FROM windows AS w JOIN days AS d ON d.span > w.span_before AND d.span <= w.span GROUP BY ALL)
SELECT 'harm', as_at, service, 'in_mat', people, days FROM people JOIN sums USING (as_at, service);

INSERT INTO cells
WITH days AS (
  SELECT w.as_at, l.client, l.service,
         sum(least(l.last_day, w.as_at) - greatest(l.first_day, w.window_after + 1) + 1) AS days
  FROM windows AS w JOIN leavings AS l ON l.known_from <= w.as_at AND l.last_day > w.window_after
    AND l.first_day <= l.last_day GROUP BY ALL)
SELECT 'harm', as_at, service, 'after_leaving', count(*), sum(days) FROM days GROUP BY ALL;

INSERT INTO cells
WITH happened AS (
  SELECT row_number() OVER () AS event, client, day, kind
  FROM (SELECT client, death AS day, 'death' AS kind FROM deaths
        UNION ALL SELECT client, date, 'overdose' FROM events WHERE kind = 'overdose_non_fatal')
  WHERE client IS NOT NULL),
placed AS (
  SELECT h.*, p.service AS led_by, w.service AS last_service
  FROM happened AS h
  LEFT JOIN pieces AS p ON p.client = h.client AND h.day - 1 BETWEEN p.first_day AND p.last_day
  LEFT JOIN courses AS w ON w.client = h.client AND h.day > w.spell_start AND h.day <= w.next_spell_start),
classed AS (
  SELECT p.*, l.service AS left_from, l.known_from
  FROM placed AS p LEFT JOIN leavings AS l ON l.client = p.client AND p.day BETWEEN l.first_day AND l.last_day)
SELECT 'harm', m.as_at,
       CASE WHEN led_by IS NOT NULL THEN led_by WHEN known_from <= m.as_at THEN left_from ELSE last_service END,
       CASE WHEN led_by IS NOT NULL THEN kind || '_in_mat' WHEN known_from <= m.as_at THEN kind || '_after_leaving'
            ELSE 'elsewhere' END, count(*), 0
FROM classed JOIN windows AS m ON day > m.window_after AND day <= m.as_at GROUP BY ALL;
