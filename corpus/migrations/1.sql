-- A file that was read: one row a key, the SHA-256 of bytes, schema and options.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER,
    record BLOB NOT NULL -- duizhao.document/1 as JSON, deflated
);
CREATE INDEX document_sha256 ON document (sha256);

-- The bytes themselves, deflated; a store of references has none.
CREATE TABLE original (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL);

-- Where the bytes were found: a path, or archive.zip!member; failures' paths too.
CREATE TABLE place (path TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX place_key ON place (key);

-- A file that gave no document, and why.
CREATE TABLE failure (
    key TEXT PRIMARY KEY, -- as in document; for a file that could not be opened, "path:" and its path
    sha256 TEXT,
    step TEXT NOT NULL,
    message TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    position INTEGER NOT NULL, -- in its document; the first prints the others
    number TEXT,
    number_key TEXT,
    title TEXT,
    title_key TEXT, -- what it is about: 《关于印发<X>的通知》 is X
    issuer TEXT, -- names joined by 、
    level TEXT,
    province TEXT,
    city TEXT,
    year INTEGER,
    issued_on TEXT,
    clause_count INTEGER NOT NULL,
    text_sha256 TEXT NOT NULL,
    signature BLOB, -- MinHash of the text, for near duplicates
    copy_of INTEGER REFERENCES notice ON DELETE SET NULL,
    UNIQUE (document, position)
);
CREATE INDEX notice_number ON notice (number_key);
CREATE INDEX notice_title ON notice (title_key);
CREATE INDEX notice_text ON notice (text_sha256);
CREATE INDEX notice_copy ON notice (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX notice_place ON notice (province, city);

-- Neighbourhoods of signatures: notices that share a band may be copies.
CREATE TABLE band (band INTEGER NOT NULL, notice INTEGER NOT NULL REFERENCES notice ON DELETE CASCADE,
    PRIMARY KEY (band, notice)) WITHOUT ROWID;
CREATE INDEX band_notice ON band (notice);

-- Passages to search: the clauses, and the text outside them, so that every character of a notice is found.
CREATE TABLE clause (
    id INTEGER PRIMARY KEY,
    notice INTEGER NOT NULL REFERENCES notice ON DELETE CASCADE,
    name TEXT NOT NULL, -- the clause's id in its notice; "head" and "other/1" are text outside all clauses
    marker TEXT, -- as printed
    heading TEXT,
    text TEXT NOT NULL, -- whole clause, marker and departments included
    start INTEGER NOT NULL, -- of the clause in the notice's text
    facets TEXT NOT NULL
);
CREATE INDEX clause_notice ON clause (notice, name);

CREATE VIRTUAL TABLE clause_index USING fts5 (
    heading, words, facets, content='',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co P* S*'"
);
CREATE TRIGGER clause_added AFTER INSERT ON clause BEGIN
    INSERT INTO clause_index (rowid, heading, words, facets)
    VALUES (new.id, bigrams(new.heading), bigrams(new.text), new.facets);
END;
CREATE TRIGGER clause_removed AFTER DELETE ON clause BEGIN
    INSERT INTO clause_index (clause_index, rowid, heading, words, facets)
    VALUES ('delete', old.id, bigrams(old.heading), bigrams(old.text), old.facets);
END;
CREATE TRIGGER clause_changed AFTER UPDATE ON clause BEGIN
    INSERT INTO clause_index (clause_index, rowid, heading, words, facets)
    VALUES ('delete', old.id, bigrams(old.heading), bigrams(old.text), old.facets);
    INSERT INTO clause_index (rowid, heading, words, facets)
    VALUES (new.id, bigrams(new.heading), bigrams(new.text), new.facets);
END;

CREATE TABLE amount (
    clause INTEGER NOT NULL REFERENCES clause ON DELETE CASCADE,
    kind TEXT NOT NULL,
    low REAL,
    high REAL,
    unit TEXT,
    quote TEXT NOT NULL
);
CREATE INDEX amount_clause ON amount (clause);

CREATE TABLE deadline (
    clause INTEGER NOT NULL REFERENCES clause ON DELETE CASCADE,
    role TEXT NOT NULL,
    start TEXT,
    "end" TEXT,
    quote TEXT NOT NULL
);
CREATE INDEX deadline_clause ON deadline (clause);

CREATE TABLE duty (
    clause INTEGER NOT NULL REFERENCES clause ON DELETE CASCADE,
    key TEXT,
    name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    role TEXT NOT NULL,
    inferred INTEGER NOT NULL,
    quote TEXT NOT NULL
);
CREATE INDEX duty_clause ON duty (clause);
CREATE INDEX duty_key ON duty (key);

CREATE TABLE citation (
    notice INTEGER NOT NULL REFERENCES notice ON DELETE CASCADE,
    clause TEXT NOT NULL,
    relation TEXT NOT NULL, -- implements | cites
    number TEXT,
    number_key TEXT,
    title TEXT,
    title_key TEXT,
    issuer TEXT, -- of the cited document, as far as the citation tells
    quote TEXT NOT NULL
);
CREATE INDEX citation_notice ON citation (notice);
CREATE INDEX citation_number ON citation (number_key);
CREATE INDEX citation_title ON citation (title_key);
