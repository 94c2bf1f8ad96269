"""Where photos and voices are kept: pictures made harmless, a folder, an S3-compatible store."""
