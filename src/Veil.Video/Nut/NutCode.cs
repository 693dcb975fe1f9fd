namespace Veil.Video.Nut;

/// <summary>Constants of the NUT container, version 3 (nut.txt of the FFmpeg and MPlayer projects).</summary>
internal static class NutCode
{
    public const ulong Main = 0x4E4D7A561F5F04AD;
    public const ulong Stream = 0x4E5311405BF2F9DB;
    public const ulong Syncpoint = 0x4E4BE4ADEECA4569;
    public const ulong Index = 0x4E58DD672F23E64E;
    public const ulong Info = 0x4E49AB68B596BA78;

    /// <summary>What a NUT file begins with, with its closing zero.</summary>
    public static ReadOnlySpan<byte> FileId => "nut/multimedia container\0"u8;

    /// <summary>A packet longer than this carries a checksum of its header.</summary>
    public const long LongPacket = 4096;
}

/// <summary>What a frame's header says.</summary>
[Flags]
internal enum NutFrameFlags
{
    None = 0,
    KeyFrame = 1,
    EndOfRelevance = 2,
    CodedPts = 8,
    StreamId = 16,
    SizeMsb = 32,
    Checksum = 64,
    Reserved = 128,
    SideData = 256,
    HeaderIndex = 1024,
    MatchTime = 2048,
    Coded = 4096,
    Invalid = 8192,
}
