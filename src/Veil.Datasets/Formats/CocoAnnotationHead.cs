using System.Text;
using System.Text.Json;
using Veil.Errors;

namespace Veil.Datasets.Formats;

/// <summary>What is needed of an annotation to find it again.</summary>
/// <param name="Id">Its id; null where it has none.</param>
/// <param name="Image">Id of its picture; null where it names none.</param>
/// <param name="IsObject">Whether it is an object, no caption and no panoptic segment.</param>
internal readonly record struct CocoAnnotationHead(long? Id, long? Image, bool IsObject)
{
    /// <summary>Reads it, without making objects of the rest.</summary>
    /// <exception cref="FormatException">It is no annotation.</exception>
    public static CocoAnnotationHead Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("Expected an annotation, but received something that is no object.");
        }

        (long? id, long? image, var isObject) = (null, null, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("image_id"u8))
            {
                image = Whole(ref reader, "image_id");
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                id = Whole(ref reader, "id");
            }
            else
            {
                isObject |= reader.ValueTextEquals("category_id"u8) || reader.ValueTextEquals("bbox"u8) || reader.ValueTextEquals("segmentation"u8) || reader.ValueTextEquals("keypoints"u8);
                reader.Read();
                reader.Skip();
            }
        }

        return new CocoAnnotationHead(id, image, isObject);
    }

    private static long? Whole(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
        {
            return number;
        }

        throw new FormatException($"Expected a whole number in \"{name}\", but received {(reader.TokenType is JsonTokenType.Number or JsonTokenType.String ? Excerpt.Of(Encoding.UTF8.GetString(reader.ValueSpan)) : reader.TokenType.ToString())}.");
    }
}
