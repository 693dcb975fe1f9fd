namespace Veil.Vision.Native;

/// <summary>veil_vision_status of <c>native/include/veil_vision.h</c>.</summary>
internal enum VisionStatus
{
    Ok = 0,
    Argument = 1,
    Model = 2,
    Memory = 3,
    Failed = 4,
}
