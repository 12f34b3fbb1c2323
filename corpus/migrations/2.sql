-- Clauses are put into the full-text index a batch at a time: a trigger made it write a segment for each of them.
DROP TRIGGER clause_added;
