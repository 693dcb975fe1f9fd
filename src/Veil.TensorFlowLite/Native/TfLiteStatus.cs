namespace Veil.TensorFlowLite.Native;

/// <summary>TfLiteStatus of c_api_types.h; anything but <see cref="Ok"/> is a failure.</summary>
internal enum TfLiteStatus
{
    Ok = 0,
}
