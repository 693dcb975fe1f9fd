namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>A marker segment of a JPEG.</summary>
/// <param name="Marker">Second byte of the marker: 0xE1..0xEF for APP1..APP15, 0xFE for a comment.</param>
/// <param name="Payload">At most 65,533 bytes.</param>
internal readonly record struct JpegSegment(byte Marker, byte[] Payload);
