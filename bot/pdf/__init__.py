"""Plain data to bytes of a PDF: certificates, and the letters everything printed is set in."""
