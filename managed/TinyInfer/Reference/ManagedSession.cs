// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>A model that runs on the kernels in C#, from an image in a managed array.</summary>
    internal sealed class ManagedSession
    {
        private const long TicksPerMicrosecond = 10;
        private const int MostTurns = 1 << 20;
        private readonly Image _image;
        private readonly byte[][] _regions = new byte[Image.RegionCount][];
        private readonly ManagedTensor[] _tensors;
        private readonly Step[] _steps;
        private readonly int _inputs;
        private readonly int[] _one = new int[1];
        private int _next;
        private int _turns;
        private bool _busy;

        private ManagedSession(Image image)
        {
            _image = image;
            _regions[0] = image.Bytes;
            for (int r = 1; r < _regions.Length; r++)
            {
                _regions[r] = new byte[image.RegionSize(r)];
            }

            StepReader reader = new StepReader(image, _regions);
            _steps = reader.All();
            _inputs = image.Count(image.Inputs, Image.TensorSize);
            _tensors = new ManagedTensor[_inputs + image.Count(image.Outputs, Image.TensorSize)];
            for (int i = 0; i < _tensors.Length; i++)
            {
                int at = Record(i);
                _tensors[i] = new ManagedTensor(image, at, reader.Place(at));
            }

            Prove();
            Reset();
        }

        internal int Handle { get; set; }

        private bool Busy => _busy;

        /// <summary>Opens an image, which must not change while the model is open.</summary>
        internal static ManagedSession Open(byte[] bytes)
        {
            Image image = new Image(bytes);
            Status status = image.Check();
            if (status != Status.Ok)
            {
                throw Fault.Open(-(int)status, 0, 0, 0);
            }

            try
            {
                image.FindPortable();
                return new ManagedSession(image);
            }
            catch (TinyInferException)
            {
                throw;
            }
            catch (OutOfMemoryException)
            {
                int needed = image.RegionSize(1) + image.RegionSize(2) + image.RegionSize(3);
                throw new TinyInferException(Status.ArenaTooSmall, "", "the model needs " + needed + " bytes of memory, more than the managed heap has in one block");
            }
            catch (Exception)
            {
                throw Fault.Open(-(int)Status.BadLayout, 0, 0, 0);
            }
        }

        internal int Describe(int[] values)
        {
            values[Facts.InputCount] = _inputs;
            values[Facts.OutputCount] = _tensors.Length - _inputs;
            values[Facts.StepCount] = _steps.Length;
            values[Facts.MetadataCount] = _image.Count(Image.Metadata, Image.PairSize);
            values[Facts.GoldenCount] = _image.Count(Image.Golden, Image.PairSize);
            values[Facts.ImageBytes] = _image.Length;
            values[Facts.ArenaBytes] = _image.RegionSize(1) + _image.RegionSize(3);
            values[Facts.StateBytes] = _image.RegionSize(2);
            return Facts.ModelValues;
        }

        internal int DescribeTensor(int tensor, int[] values)
        {
            int at = Record(tensor);
            values[Facts.TensorType] = _image.Word(at + 12);
            values[Facts.TensorRank] = _image.Word(at + 16);
            for (int d = 0; d < Facts.TensorValues - Facts.TensorDims; d++)
            {
                values[Facts.TensorDims + d] = _image.Word(at + 20 + (4 * d));
            }

            values[Facts.TensorScale] = _image.Word(at + 44);
            values[Facts.TensorZeroPoint] = _image.Word(at + 48);
            return Facts.TensorValues;
        }

        internal string Text(int kind, int index)
        {
            switch (kind)
            {
                case Facts.ModelName:
                    return _image.Text(_image.Name);
                case Facts.TensorName:
                    return _image.Text(_tensors[index].Name);
                case Facts.StepName:
                    return _image.Text(_image.Word(_image.Record(_image.Steps, index, Image.StepSize) + 16));
                case Facts.MetadataKey:
                    return _image.Text(_image.Word(_image.Record(Image.Metadata, index, Image.PairSize)));
                default:
                    return _image.Text(_image.Word(_image.Record(Image.Metadata, index, Image.PairSize) + 4));
            }
        }

        internal int Write(int tensor, int at, sbyte[] array, int start, int count) =>
            Busy ? -(int)Status.Busy : tensor >= _inputs ? -(int)Status.ReadOnly : -(int)_tensors[tensor].Write(at, array, start, count);

        internal int Write(int tensor, int at, byte[] array, int start, int count) =>
            Busy ? -(int)Status.Busy : tensor >= _inputs ? -(int)Status.ReadOnly : -(int)_tensors[tensor].Write(at, array, start, count);

        internal int Write(int tensor, int at, short[] array, int start, int count) =>
            Busy ? -(int)Status.Busy : tensor >= _inputs ? -(int)Status.ReadOnly : -(int)_tensors[tensor].Write(at, array, start, count);

        internal int Write(int tensor, int at, int[] array, int start, int count) =>
            Busy ? -(int)Status.Busy : tensor >= _inputs ? -(int)Status.ReadOnly : -(int)_tensors[tensor].Write(at, array, start, count);

        internal int Write(int tensor, int at, float[] array, int start, int count) =>
            Busy ? -(int)Status.Busy : tensor >= _inputs ? -(int)Status.ReadOnly : -(int)_tensors[tensor].Write(at, array, start, count);

        internal int Read(int tensor, int at, sbyte[] array, int start, int count) =>
            Busy ? -(int)Status.Busy : -(int)_tensors[tensor].Read(at, array, start, count);

        internal int Read(int tensor, int at, byte[] array, int start, int count) =>
            Busy ? -(int)Status.Busy : -(int)_tensors[tensor].Read(at, array, start, count);

        internal int Read(int tensor, int at, short[] array, int start, int count) =>
            Busy ? -(int)Status.Busy : -(int)_tensors[tensor].Read(at, array, start, count);

        internal int Read(int tensor, int at, int[] array, int start, int count) =>
            Busy ? -(int)Status.Busy : -(int)_tensors[tensor].Read(at, array, start, count);

        internal int Read(int tensor, int at, float[] array, int start, int count) =>
            Busy ? -(int)Status.Busy : -(int)_tensors[tensor].Read(at, array, start, count);

        /// <summary>The number of elements when it is that of the array; -1, which no range has, when it is not.</summary>
        internal int Whole(int tensor, int length) => length == _tensors[tensor].Count ? length : -1;

        internal int ArgMax(int tensor)
        {
            int found = TopK(tensor, _one);
            return found < 0 ? found : found == 0 ? -1 : _one[0];
        }

        internal int TopK(int tensor, int[] indices)
        {
            if (Busy)
            {
                return -(int)Status.Busy;
            }

            int type = _tensors[tensor].Type;
            return type == Element.S64 || type >= Element.Bool ? -(int)Status.WrongType : _tensors[tensor].TopK(indices, indices.Length);
        }

        internal int Run()
        {
            if (Busy)
            {
                return -(int)Status.Busy;
            }

            try
            {
                Begin();
                while (_next < _steps.Length)
                {
                    Advance();
                }

                return Outcome();
            }
            catch (Exception)
            {
                return -(int)Status.BadParams;
            }
        }

        internal int RunSlice(int microseconds)
        {
            long end = DateTime.UtcNow.Ticks + (microseconds * TicksPerMicrosecond);
            if (!_busy)
            {
                Begin();
            }

            try
            {
                while (_next < _steps.Length)
                {
                    Advance();
                    if (DateTime.UtcNow.Ticks >= end)
                    {
                        break;
                    }
                }
            }
            catch (Exception)
            {
                _busy = false;
                return -(int)Status.BadParams;
            }

            _busy = _next < _steps.Length;
            return _busy ? 1 : Outcome();
        }

        internal int Reset()
        {
            _busy = false;
            byte[] state = _regions[2];
            int initial = _image.StateInit;
            if (initial == 0)
            {
                Array.Clear(state, 0, state.Length);
            }
            else
            {
                Array.Copy(_image.Bytes, initial, state, 0, state.Length);
            }

            return 0;
        }

        internal int Profile(int[] cycles)
        {
            if (Busy)
            {
                return -(int)Status.Busy;
            }

            Array.Clear(cycles, 0, cycles.Length);
            Begin();
            while (_next < _steps.Length)
            {
                int step = _next;
                long start = DateTime.UtcNow.Ticks;
                Advance();
                cycles[step] += (int)(DateTime.UtcNow.Ticks - start);
            }

            int outcome = Outcome();
            return outcome == 0 ? (int)TicksPerMicrosecond : outcome;
        }

        internal int SelfTest(int[] where)
        {
            int cases = _image.Count(Image.Golden, Image.PairSize);
            if (Busy || cases == 0)
            {
                return -(int)(Busy ? Status.Busy : Status.NoGoldenCase);
            }

            int result = 0;
            for (int i = 0; i < cases && result >= 0; i++)
            {
                int at = _image.Record(Image.Golden, i, Image.PairSize);
                where[0] = i;
                Reset();
                LoadInputs(_image.Word(at));
                result = Run();
                result = result < 0 ? result : OutputsAgree(_image.Word(at + 4), where) ? i + 1 : -(int)Status.SelfTestFailed;
            }

            Reset();
            return result;
        }

        private void Begin()
        {
            _next = 0;
            _turns = 0;
        }

        // Branches to earlier steps are counted, so that every run ends.
        private void Advance()
        {
            Step step = _steps[_next];
            step.Kernel.Run(step);
            if (!(step.Kernel is Branch) || !Branch.IsTaken(step))
            {
                _next++;
            }
            else if (step.Entry <= _next && ++_turns > MostTurns)
            {
                _next = _steps.Length;
            }
            else
            {
                _next = step.Entry;
            }
        }

        private int Outcome() => _turns > MostTurns ? -(int)Status.Endless : 0;

        // Everything that is read later without a guard, once: names, metadata, shapes, golden cases.
        private void Prove()
        {
            Text(Facts.ModelName, 0);
            for (int i = 0; i < _steps.Length; i++)
            {
                Text(Facts.StepName, i);
                if (_steps[i].Kernel is Branch && (_steps[i].Entry < 0 || _steps[i].Entry > _steps.Length))
                {
                    throw new IndexOutOfRangeException();
                }
            }

            for (int i = 0; i < _image.Count(Image.Metadata, Image.PairSize); i++)
            {
                Text(Facts.MetadataKey, i);
                Text(Facts.MetadataValue, i);
            }

            int inputs = 0;
            int outputs = 0;
            for (int i = 0; i < _tensors.Length; i++)
            {
                Text(Facts.TensorName, i);
                _tensors[i].Prove(_image, Record(i), i < _inputs);
                inputs += i < _inputs ? Padded(_tensors[i].Place.Size) : 0;
                outputs += i < _inputs ? 0 : Padded(_tensors[i].Place.Size);
            }

            for (int i = 0; i < _image.Count(Image.Golden, Image.PairSize); i++)
            {
                int at = _image.Record(Image.Golden, i, Image.PairSize);
                new Operand(_image.Bytes, _image.Word(at), inputs);
                new Operand(_image.Bytes, _image.Word(at + 4), outputs);
            }
        }

        private void LoadInputs(int from)
        {
            for (int i = 0; i < _inputs; i++)
            {
                Operand place = _tensors[i].Place;
                Array.Copy(_image.Bytes, from, place.Bytes, place.Offset, place.Size);
                from += Padded(place.Size);
            }
        }

        private bool OutputsAgree(int from, int[] where)
        {
            for (int t = _inputs; t < _tensors.Length; t++)
            {
                Operand place = _tensors[t].Place;
                for (int i = 0; i < place.Size; i++)
                {
                    if (place.Bytes[place.Offset + i] != _image.Bytes[from + i])
                    {
                        where[1] = t;
                        where[2] = i;
                        return false;
                    }
                }

                from += Padded(place.Size);
            }

            return true;
        }

        private static int Padded(int size) => (size + 3) & ~3;

        private int Record(int tensor) => tensor < _inputs
            ? _image.Record(_image.Inputs, tensor, Image.TensorSize)
            : _image.Record(_image.Outputs, tensor - _inputs, Image.TensorSize);
    }
}
