"""What clauses mention: amounts, dates, departments, citations, directives."""
