namespace Veil.Vision.Plates;

/// <summary>The cascades for registration plates that OpenCV brings, both trained on Russian ones.</summary>
public enum PlateCascade
{
    /// <summary>haarcascade_russian_plate_number.xml: windows of 60×20.</summary>
    PlateNumber,

    /// <summary>haarcascade_licence_plate_rus_16stages.xml: windows of 64×16.</summary>
    SixteenStages,

    /// <summary>Both.</summary>
    Both,
}
