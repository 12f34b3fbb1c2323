"""From normal text to elements, parts and clauses (GB/T 9704-2012 版头, 主体, 版记)."""
