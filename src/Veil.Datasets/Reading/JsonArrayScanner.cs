using System.Text.Json;

namespace Veil.Datasets.Reading;

/// <summary>
/// Goes through a JSON file of any size and hands over the elements of its outermost arrays one by one, holding one at a time:
/// of <c>[…]</c>, or of each property of <c>{"a": […], …}</c>. Other properties come as a single element.
/// </summary>
internal static class JsonArrayScanner
{
    private const int BufferBytes = 1 << 18;
    private const int LargestElement = 1 << 28;

    /// <summary>Takes an element.</summary>
    /// <param name="property">The property that it belongs to; empty in an outermost array.</param>
    /// <param name="json">Its bytes; valid during the call.</param>
    /// <param name="offset">Where in the file it begins.</param>
    /// <param name="line">Its line, from 1.</param>
    public delegate void ElementHandler(string property, ReadOnlySpan<byte> json, long offset, int line);

    /// <summary>Scans a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="element">Takes each element.</param>
    /// <param name="array">Told the name of each array, also of empty ones.</param>
    /// <exception cref="JsonFileException">It is no JSON; has the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static void Scan(string path, ElementHandler element, Action<string>? array = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        new Scanner(stream, element, array).Run();
    }

    private sealed class Scanner(Stream stream, ElementHandler element, Action<string>? array)
    {
        private byte[] _buffer = new byte[BufferBytes];
        private int _start;
        private int _end;
        private bool _final;
        private long _offset;
        private int _newlines;
        private int _counted;
        private Where _where;
        private string _property = "";
        private JsonReaderState _state = new(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow });

        private enum Where
        {
            Before,
            InObject,
            AtValue,
            InArray,
            After,
        }

        public void Run()
        {
            Fill();
            SkipMark();
            try
            {
                while (!Step())
                {
                    Fill();
                }
            }
            catch (JsonException error)
            {
                throw new JsonFileException((int)Math.Min(int.MaxValue, (error.LineNumber ?? 0) + 1), JsonFileException.Words(error), error);
            }
        }

        private void SkipMark()
        {
            if (_buffer.AsSpan(_start, _end - _start) is [0xEF, 0xBB, 0xBF, ..])
            {
                _start = 3;
            }
        }

        /// <summary>Goes as far as the bytes in hand allow; true at the end of the file.</summary>
        private bool Step()
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
            try
            {
                while (true)
                {
                    var attempt = reader;
                    if (!attempt.Read())
                    {
                        // What is left behind is white space or the beginning of a token.
                        return _final;
                    }

                    if (!Take(ref attempt))
                    {
                        return false;
                    }

                    reader = attempt;
                }
            }
            finally
            {
                _state = reader.CurrentState;
                _start += (int)reader.BytesConsumed;
            }
        }

        /// <summary>Takes one token, or one whole element; false when more bytes are needed for it.</summary>
        private bool Take(ref Utf8JsonReader reader)
        {
            switch (_where, reader.TokenType)
            {
                case (Where.Before, JsonTokenType.StartObject):
                    _where = Where.InObject;
                    return true;
                case (Where.Before, JsonTokenType.StartArray):
                    _where = Where.InArray;
                    array?.Invoke("");
                    return true;
                case (Where.InObject, JsonTokenType.PropertyName):
                    (_where, _property) = (Where.AtValue, reader.GetString()!);
                    return true;
                case (Where.InObject, JsonTokenType.EndObject):
                    _where = Where.After;
                    return true;
                case (Where.AtValue, JsonTokenType.StartArray):
                    _where = Where.InArray;
                    array?.Invoke(_property);
                    return true;
                case (Where.AtValue, _):
                    if (!Hand(ref reader))
                    {
                        return false;
                    }

                    _where = Where.InObject;
                    return true;
                case (Where.InArray, JsonTokenType.EndArray):
                    _where = reader.CurrentDepth == 0 ? Where.After : Where.InObject;
                    return true;
                case (Where.InArray, _):
                    return Hand(ref reader);
                default:
                    throw new JsonFileException(LineAt((int)reader.TokenStartIndex), "Expected an object or a list, but received a single value.");
            }
        }

        private bool Hand(ref Utf8JsonReader reader)
        {
            var from = (int)reader.TokenStartIndex;
            if (!reader.TrySkip())
            {
                return false;
            }

            var line = LineAt(from);
            element(_property, _buffer.AsSpan(_start + from, (int)reader.BytesConsumed - from), _offset + _start + from, line);
            return true;
        }

        /// <summary>Line from 1 of a place after the last asked for.</summary>
        private int LineAt(int index)
        {
            var to = _start + index;
            _newlines += _buffer.AsSpan(_counted, to - _counted).Count((byte)'\n');
            _counted = to;
            return _newlines + 1;
        }

        private void Fill()
        {
            _newlines += _counted < _start ? _buffer.AsSpan(_counted, _start - _counted).Count((byte)'\n') : 0;
            var ahead = Math.Max(0, _counted - _start);
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_offset, _end, _start, _counted) = (_offset + _start, _end - _start, 0, ahead);
            if (_end == _buffer.Length)
            {
                if (_buffer.Length >= LargestElement)
                {
                    throw new JsonFileException(LineAt(_counted), $"Expected entries of at most {LargestElement >> 20} MiB, but one is larger.");
                }

                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            // A short read is no end: only none is.
            var read = stream.Read(_buffer.AsSpan(_end));
            _end += read;
            _final = read == 0;
        }
    }
}
