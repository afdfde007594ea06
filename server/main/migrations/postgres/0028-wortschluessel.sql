-- SQLite gathers the keys of new words in a table of their own. PostgreSQL logs what changes of a page, not all of it, and
-- has no need of one.
SELECT 1;
